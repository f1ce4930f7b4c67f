import * as z from 'zod';

/** What every event carries: its own id, stable over redelivery, and when the change that it tells of was made. */
const Envelope = {
  id: z.string().min(1).describe('Id of the event, the same however often it is delivered'),
  at: z.iso.datetime().describe('When the change was made'),
};

export interface EventDefinition<Name extends string, Shape extends z.ZodRawShape> {
  name: Name;
  version: number;
  schema: z.ZodObject<typeof Envelope & Shape & { v: z.ZodLiteral<number> }>;
  example: z.output<z.ZodObject<Shape>>;
  /** What has happened, in one sentence, for the reference of events. */
  tells: string;
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
  tells: string,
): EventDefinition<Name, Shape> {
  const schema = z.strictObject({
    ...Envelope,
    v: z.literal(version).describe('Version of the shape'),
    ...shape,
  });
  return {
    name,
    version,
    schema: schema as unknown as EventDefinition<Name, Shape>['schema'],
    example,
    tells,
  };
}
