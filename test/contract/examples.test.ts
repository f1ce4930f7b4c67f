import { expect, test } from 'vitest';
import { answerSchema, bodySchema, misfits } from '../support/a-schema.ts';
import { exampleOf, operations } from '../support/an-operation.ts';

const withBody = operations.filter(({ content }) => 'application/json' in content);

test.each(operations)('$method $path has an example of what it must be sent', ({ parameters, content }) => {
  const required = parameters.filter((parameter) => parameter.required);
  expect(required.filter((parameter) => exampleOf(parameter) === undefined)).toEqual([]);
  const examples = Object.values(content).map(({ example }) => example);
  if (examples.length > 0) expect(examples.filter(Boolean)).not.toEqual([]);
});

test.each(withBody)('$method $path has a body in its example that fits its schema', (operation) => {
  const { example } = operation.content['application/json'] ?? {};
  expect(misfits(example, bodySchema(operation))).toEqual([]);
});

test.each(operations)('$method $path has answers whose examples fit their schemas', (operation) => {
  for (const [status, { content = {} }] of Object.entries(operation.responses))
    for (const [type, { example }] of Object.entries(content))
      if (example !== undefined) expect(misfits(example, answerSchema(operation, status, type))).toEqual([]);
});
