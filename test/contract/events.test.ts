import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue, type EventName, fromBus } from '../../shared/events/catalogue.ts';

const events = Object.values(catalogue).map((event) => ({ ...event, schema: event.schema as z.ZodObject }));
const envelope = { id: 'actions:0aXk:1767225600001', at: '2026-01-01T00:00:00.000Z' };

/** Every name that a field of an event may have: ids, codes, amounts, counts, versions and times. None tells of a person. */
const fieldNames = [
  ...['id', 'at', 'v', 'version', 'action', 'campaign', 'root', 'letter', 'target', 'partner', 'source'],
  ...['before', 'after', 'kind', 'country', 'shown', 'pledge', 'currency', 'amount', 'fulfilled', 'reason'],
  ...['organisation', 'invitation', 'joined'],
  ...['scope', 'threshold', 'figures', 'signatures', 'byCountry', 'pledges', 'count'],
];

const advice = (name: string) =>
  `The shape of ${name} has changed. A field that was removed, narrowed or made required breaks events that are stored or
on their way: define a new version beside the old one. If only an optional field was added, accept it with "npx vitest -u".`;

describe.each(events)('$name, version $version', ({ name, version, schema, example, tells }) => {
  const detail = { ...envelope, v: version, ...example };

  test('has an example that is one, on the bus as well', () => {
    expect(schema.parse(detail)).toEqual(detail);
    expect(fromBus({ 'detail-type': name, detail })).toEqual({ name, detail });
    expect(tells).toMatch(/^[A-Z].*\.$/);
  });

  test('refuses fields that it does not have, another version, and no id', () => {
    for (const wrong of [{ email: 'amina@example.org' }, { v: version + 1 }, { id: '' }]) {
      expect(schema.safeParse({ ...detail, ...wrong }).success).toBe(false);
    }
  });

  test('keeps its shape for as long as it keeps its version', async () => {
    const shape = `${JSON.stringify(toShape(schema), null, 2)}\n`;
    await expect(shape, advice(name)).toMatchFileSnapshot(`./events/${name}.v${version}.json`);
  });

  test('has no field that could hold personal data', () => {
    expect(namesIn(z.toJSONSchema(schema)).filter((field) => !fieldNames.includes(field))).toEqual([]);
  });
});

test('every event is in the catalogue by its own name', () => {
  expect(Object.entries(catalogue).map(([key, { name }]) => [key, name])).toEqual(
    Object.keys(catalogue).map((key) => [key, key as EventName]),
  );
});

test('a name that the catalogue does not have is no event', () => {
  for (const name of ['Unheard', 'constructor', '__proto__']) {
    expect(() => fromBus({ 'detail-type': name, detail: {} })).toThrow('not in the event catalogue');
  }
});

/** The JSON schema without its words, which may be mended at any time. */
function toShape(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const word of ['description', 'example']) delete jsonSchema[word];
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  });
}

/** Names of all fields of a JSON schema, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, child]) => [
    ...(key === 'properties' ? Object.keys(child) : []),
    ...namesIn(child),
  ]);
}
