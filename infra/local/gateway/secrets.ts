import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, ServiceEndpoint } from '../contract.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { toError, toJsonReply } from './wire.ts';

type Properties = Resource['properties'];

/** Secrets Manager with the one action that functions need, GetSecretValue. Values are kept in `dataDir`, mode 0600. */
export function createSecrets(template: LoadedTemplate, dataDir: string): ServiceEndpoint {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secrets = template.ofType('AWS::SecretsManager::Secret').map(([id, properties]) => {
    const name = template.nameOf(id);
    return { arn: template.value(id), name, value: keep(join(folder, id), properties) };
  });
  return async ({ headers, body }) => {
    const action = headers['x-amz-target']?.split('.')[1];
    if (action !== 'GetSecretValue') {
      return toError('secretsmanager', {
        name: 'InvalidRequestException',
        message: `${action} is not run locally`,
      });
    }
    const { SecretId } = JSON.parse(body.toString());
    const secret = secrets.find(({ arn, name }) => SecretId === arn || SecretId === name);
    if (!secret)
      return toError('secretsmanager', { name: 'ResourceNotFoundException', message: 'No such secret' });
    return toJsonReply({
      ARN: secret.arn,
      Name: secret.name,
      SecretString: secret.value,
      VersionId: 'local',
    });
  };
}

function keep(file: string, properties: Properties): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const value = properties['SecretString'] ?? generate(properties['GenerateSecretString'] ?? {});
  writeFileSync(file, value, { mode: 0o600 });
  return value;
}

const CLASSES: [excludedBy: string, characters: string][] = [
  ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
];

function generate(options: Properties): string {
  const alphabet = CLASSES.filter(([excludedBy]) => !options[excludedBy])
    .flatMap(([, characters]) => [...characters])
    .filter((character) => !options['ExcludeCharacters']?.includes(character));
  const length = options['PasswordLength'] ?? 32;
  const password = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  const key = options['GenerateStringKey'];
  return key ? JSON.stringify({ ...JSON.parse(options['SecretStringTemplate']), [key]: password }) : password;
}
