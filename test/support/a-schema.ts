import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type DescribedOperation, description } from './an-operation.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(description, 'api');

/** What of a value does not fit a schema of the description, which is found at this path of keys; nothing if all of it does. */
export function misfits(value: unknown, path: string[]): string[] {
  const pointer = path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent);
  const validate = ajv.compile({ $ref: `api#/${pointer.join('/')}` });
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Where the schema of a JSON body lies in the description. */
export function bodySchema({ method, path }: DescribedOperation): string[] {
  return ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
}

/** The same of an answer. */
export function answerSchema({ method, path }: DescribedOperation, status: string, type: string): string[] {
  return ['paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema'];
}
