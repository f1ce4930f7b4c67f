import * as z from 'zod';
import { catalogue } from '../shared/events/catalogue.ts';

type Definition = (typeof catalogue)[keyof typeof catalogue];
type Schema = z.core.JSONSchema.JSONSchema;

/** Stands in the examples for what every event has. */
const envelope = { id: '<room>:<key>:1767225600001', at: '2026-01-01T00:00:00.000Z' };

/** The page `docs/events.md`: what rooms say to each other. */
export function toEventReference(): string {
  const events = Object.values(catalogue).map(toSection);
  return `${[head, ...events].join('\n\n')}\n`;
}

const head = `# Events

<!-- Made from shared/events/catalogue.ts by \`npm run generate\`: change it there. -->

What rooms say to each other over the bus: \`detail-type\` is the name, \`detail\` what is listed here. Events carry no
personal data. Every event can be delivered again, late and out of order; its \`id\` stays the same. A field may be added;
any other change of a shape is a new version (\`v\`).`;

function toSection(event: Definition): string {
  const schema = z.toJSONSchema(event.schema) as Schema;
  const rows = toRows(schema, schema.$defs ?? {}).map(
    ([field, type, told]) => `| \`${field}\` | ${type} | ${told} |`,
  );
  const example = JSON.stringify({ ...envelope, v: event.version, ...event.example }, null, 2);
  return [
    `## ${event.name}, version ${event.version}`,
    event.tells,
    ['| field | type | what it is |', '|---|---|---|', ...rows].join('\n'),
    ['```json', example, '```'].join('\n'),
  ].join('\n\n');
}

/** Every field by its path, `after.pledge.amount`, with those of lists as `pledges[].count`. */
function toRows(schema: Schema, defs: Record<string, Schema>, path = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = `${path}${name}`;
    const own = resolve(property as Schema, defs);
    const optional = schema.required?.includes(name) ? '' : ', optional';
    const row = [field, `${typeOf(own, defs)}${optional}`, own.description ?? ''];
    const items = own.type === 'array' ? resolve(own.items as Schema, defs) : undefined;
    return [row, ...toRows(own, defs, `${field}.`), ...(items ? toRows(items, defs, `${field}[].`) : [])];
  });
}

function typeOf(schema: Schema, defs: Record<string, Schema>): string {
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(resolve(one as Schema, defs), defs)).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object' && !schema.properties)
    return `map of ${typeOf(schema.additionalProperties as Schema, defs)}`;
  if (schema.format === 'date-time') return 'date and time (RFC 3339)';
  return String(schema.type);
}

/** A reference with what it refers to; what is said beside the reference comes first. */
function resolve(schema: Schema, defs: Record<string, Schema>): Schema {
  const { $ref, ...beside } = schema;
  const named = $ref === undefined ? undefined : defs[$ref.replace('#/$defs/', '')];
  return named ? { ...named, ...beside } : schema;
}
