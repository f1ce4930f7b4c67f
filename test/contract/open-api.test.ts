import { describe, expect, test } from 'vitest';
import { toOpenApi } from '../../docs/open-api.ts';

type Node = Record<string, unknown>;
const document = toOpenApi() as unknown as Node & { paths: Record<string, Record<string, Node>> };
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

/** What whoever has a token may ask for, a member of something or not. */
const forAnyone = ['GET /v1/me', 'POST /v1/invitations/accept'];

describe('the description of the API', () => {
  test('is OpenAPI 3.1, under the MIT licence, relative to where it is served', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Groundswell', license: { identifier: 'MIT' } },
      servers: [{ url: '/' }],
      components: { securitySchemes: { campaigner: { type: 'http', scheme: 'bearer' } } },
    });
  });

  test('refers to nothing that it does not have', () => {
    const missing = refsIn(document).filter((ref) => find(document, ref) === undefined);
    expect(missing).toEqual([]);
  });

  test('has nothing that it does not refer to', () => {
    const { schemas, responses } = document['components'] as Record<string, Node>;
    const said = [
      ...Object.keys(schemas ?? {}).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses ?? {}).map((name) => `#/components/responses/${name}`),
    ];
    expect(said.filter((ref) => !refsIn(document).includes(ref))).toEqual([]);
  });

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test.each(operations)('says what $route is for, takes and answers', ({ route, operation }) => {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
      summary: expect.stringMatching(/^[A-Z]/),
      tags: [expect.any(String)],
    });
    const parameters = (operation['parameters'] ?? []) as Node[];
    const inPath = parameters.filter((parameter) => parameter['in'] === 'path');
    const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, required: true }));
    expect(inPath).toHaveLength(named.length);
    expect(inPath).toEqual(expect.arrayContaining(named.map((each) => expect.objectContaining(each))));
    const statuses = Object.keys(operation['responses'] as Node);
    expect(statuses).toEqual(expect.arrayContaining(['429', '503']));
    expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
    if (route.startsWith('POST'))
      expect(statuses).toEqual(expect.arrayContaining(['400', '413', '415', '422']));
    if (operation['security'])
      expect(statuses).toEqual(
        expect.arrayContaining(forAnyone.includes(route) ? ['401'] : ['401', '403', '404']),
      );
    for (const response of Object.values(operation['responses'] as Node)) {
      const { $ref } = response as Node;
      expect($ref ? find(document, $ref as string) : response).toHaveProperty('description');
    }
  });

  test('has refusals as problem documents, but for those of API Gateway', () => {
    const { responses } = document['components'] as Record<string, Record<string, Node>>;
    const types = Object.entries(responses ?? {}).map(([name, { content }]) => [
      name,
      Object.keys(content ?? {}),
    ]);
    expect(Object.fromEntries(types)).toMatchObject({
      UnprocessableContent: ['application/problem+json'],
      Unauthorized: ['application/json'],
      TooManyRequests: ['application/json'],
    });
  });

  test('tells the same of a form as of JSON, and that its amount is in major units', () => {
    const { schemas } = document['components'] as Record<string, Record<string, { properties: Node }>>;
    const fieldsOf = (name: string) => Object.keys(schemas?.[name]?.properties ?? {});
    expect(fieldsOf('SignatureForm')).toEqual(fieldsOf('SignatureRequest'));
    expect(fieldsOf('PledgeForm').sort()).toEqual([...fieldsOf('PledgeRequest'), 'majorAmount'].sort());
  });
});

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' ? [child as string] : refsIn(child),
  );
}

function find(from: Node, ref: string): unknown {
  const [root, ...path] = ref.split('/');
  if (root !== '#') return undefined;
  return path.reduce<unknown>((node, key) => (node as Node | undefined)?.[key], from);
}
