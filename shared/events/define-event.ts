import * as z from 'zod';

/** What every event carries: its own id, stable over redelivery, and when the change that it tells of was made. */
const Envelope = { id: z.string().min(1), at: z.iso.datetime() };

export interface EventDefinition<Name extends string, Shape extends z.ZodRawShape> {
  name: Name;
  version: number;
  schema: z.ZodObject<typeof Envelope & Shape & { v: z.ZodLiteral<number> }>;
  example: z.output<z.ZodObject<Shape>>;
}

/**
 * One event of the catalogue. A change of its shape that a reader of the old one could not read is a new version.
 * The example is what tests and the docs use; it is checked against the schema by the contract test.
 */
export function defineEvent<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  version: number,
  shape: Shape,
  example: z.output<z.ZodObject<Shape>>,
): EventDefinition<Name, Shape> {
  const schema = z.strictObject({ ...Envelope, v: z.literal(version), ...shape });
  return { name, version, schema: schema as unknown as EventDefinition<Name, Shape>['schema'], example };
}
