import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Properties, ServiceEndpoint } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { toError, toJsonReply } from './wire.ts';

/** Secrets Manager with the one action that functions need: GetSecretValue, by ARN. Values are kept in `dataDir`, mode 0600. */
export function createSecrets(template: Template, dataDir: string): ServiceEndpoint {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secrets = template.ofType('AWS::SecretsManager::Secret').map(([id, properties]) => ({
    ARN: template.value(id),
    Name: template.nameOf(id),
    SecretString: keep(join(folder, id), properties),
  }));
  return async ({ headers, body }) => {
    const { SecretId } = JSON.parse(body.toString());
    const secret = secrets.find(({ ARN }) => SecretId === ARN);
    if (secret && headers['x-amz-target']?.endsWith('.GetSecretValue')) return toJsonReply(secret);
    const message = 'There is no such secret, or no such action locally';
    return toError('secretsmanager', { name: 'ResourceNotFoundException', message });
  };
}

function keep(file: string, properties: Properties): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const value = properties['SecretString'] ?? generate(properties['GenerateSecretString'] ?? {});
  writeFileSync(file, value, { mode: 0o600 });
  return value;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Of letters and digits, which every rule of GenerateSecretString allows, unless they are excluded one by one. */
function generate({ PasswordLength = 32, ExcludeCharacters = '', ...options }: Properties): string {
  const alphabet = [...ALPHABET].filter((character) => !ExcludeCharacters.includes(character));
  const characters = Array.from({ length: PasswordLength }, () => alphabet[randomInt(alphabet.length)]);
  const { GenerateStringKey: key, SecretStringTemplate } = options;
  const password = characters.join('');
  return key ? JSON.stringify({ ...JSON.parse(SecretStringTemplate), [key]: password }) : password;
}
