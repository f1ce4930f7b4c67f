import { toOpenApi } from '../../docs/open-api.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  example?: unknown;
  schema: { example?: unknown };
}
interface Content {
  [type: string]: { schema?: unknown; example?: unknown };
}
/** An operation as the description of the API tells it. */
export interface DescribedOperation {
  method: string;
  /** `/v1/campaigns/{slug}`. */
  path: string;
  operationId: string;
  /** What a campaigner needs; undefined where anyone is answered. */
  permission: string | undefined;
  /** Asks for no token. */
  isPublic: boolean;
  parameters: Parameter[];
  content: Content;
  responses: Record<string, { $ref?: string; content?: Content }>;
}

/** The description itself. */
// biome-ignore lint/suspicious/noExplicitAny: it is open JSON.
export const description = toOpenApi() as any;

/** All operations, in the order of the description. */
export const operations: DescribedOperation[] = Object.entries(description.paths).flatMap(([path, item]) =>
  // biome-ignore lint/suspicious/noExplicitAny: it is open JSON.
  Object.entries(item as any).map(([method, operation]: [string, any]) => ({
    method: method.toUpperCase(),
    path,
    operationId: operation.operationId,
    permission: operation['x-permission'],
    isPublic: operation.security === undefined,
    parameters: operation.parameters ?? [],
    content: operation.requestBody?.content ?? {},
    responses: operation.responses,
  })),
);

/** The example of a parameter, as it stands in an address. */
export function exampleOf({ example, schema }: Parameter): string | undefined {
  const found = example ?? schema.example;
  return found === undefined ? undefined : String(found);
}

/** What is sent in place of the example, or beside it. */
export interface Replaced {
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

/** The example of an operation as a request: what its path and query must have, and its body, in JSON where that can be chosen, else as an image. */
export function exampleRequest(
  operation: DescribedOperation,
  replaced: Replaced = {},
): [string, RequestInit] {
  const { method, parameters, content } = operation;
  const given = (name: string) => exampleOf(parameters.find((each) => each.name === name) as Parameter) ?? '';
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(replaced.path?.[name] ?? given(name)),
  );
  const inQuery = parameters.filter((each) => each.in === 'query' && each.required);
  const examples = Object.fromEntries(inQuery.map(({ name }) => [name, given(name)]));
  const query = new URLSearchParams({ ...examples, ...replaced.query });
  const type = Object.keys(content).find((each) => each.startsWith('image/')) ?? 'application/json';
  const body = replaced.body ?? content[type]?.example;
  const headers = { ...(body !== undefined && { 'content-type': type }), ...replaced.headers };
  const init = { method, headers, ...(body !== undefined && { body: toBody(type, body) }) };
  return [query.size > 0 ? `${path}?${query}` : path, init];
}

/** The example of an image is text, in base64. */
function toBody(type: string, body: unknown): string | Uint8Array<ArrayBuffer> {
  if (type === 'application/json') return JSON.stringify(body);
  return new Uint8Array(Buffer.from(String(body), 'base64'));
}
