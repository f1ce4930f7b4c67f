import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, Properties } from '../contract.ts';
import { createResolver } from './intrinsics.ts';
import { typeOf } from './resource-types.ts';

export interface TemplateOptions {
  /** Folder of a cloud assembly with one stack. */
  assemblyDir: string;
  parameters: Record<string, string>;
  /** Origin of the local AWS gateway, and the site's own origin. */
  gateway: string;
  site: string;
}
/** A template whose intrinsics are resolved, without the resources that have no effect on one machine. */
export interface Template {
  stackName: string;
  /** By logical id. */
  resources: Map<string, { type: string; properties: Properties }>;
  outputs: Record<string, string>;
  /** Value of `Ref` (no attribute) or `Fn::GetAtt`. */
  value(id: string, attribute?: string): string;
  /** Physical name of a resource: of a table, queue, bucket, function, bus, secret. */
  nameOf(id: string): string;
  /** Folder or file of the asset that is published under this key. */
  assetAt(key: string): string;
  /** Folder of a function's bundled asset. */
  assetFolder(functionId: string): string;
  /** Logical id of the function that a logical id, a name or an ARN names. Throws for any other. */
  functionId(reference: string): string;
  ofType(type: string): [id: string, properties: Properties][];
}

/** Reads the stack of a cloud assembly. Throws when it declares what this host cannot run. */
export function loadTemplate({ assemblyDir, parameters, gateway, site }: TemplateOptions): Template {
  const stackName = onlyStack(assemblyDir);
  const document = readJson(assemblyDir, `${stackName}.template.json`);
  refuseUnknownTypes(document);
  const resolve = createResolver({ document, stackName, parameters, value });
  const resources = new Map<string, { type: string; properties: Properties }>();
  const providers = providersOf(document);
  for (const [id, { Type, Properties, Condition }] of Object.entries<Json>(document.Resources)) {
    if (typeOf(Type)?.effect === 'no effect' || providers.has(id)) continue;
    if (Condition && !resolve({ Condition })) continue;
    const type = Type === 'AWS::DynamoDB::GlobalTable' ? 'AWS::DynamoDB::Table' : Type;
    resources.set(id, { type, properties: resolve(Properties ?? {}) });
  }
  const ofType = (type: string): [string, Properties][] =>
    [...resources].filter(([, each]) => each.type === type).map(([id, { properties }]) => [id, properties]);
  const assets = readJson(assemblyDir, `${stackName}.assets.json`);
  const outputs = Object.entries<Json>(document.Outputs ?? {}).map(([id, { Value }]) => [id, resolve(Value)]);
  const functionIds = new Map(
    ofType('AWS::Lambda::Function').flatMap(([id]) =>
      [id, nameOf(id), value(id, 'Arn')].map((reference) => [reference, id]),
    ),
  );
  return {
    stackName,
    resources,
    outputs: Object.fromEntries(outputs),
    value,
    nameOf,
    ofType,
    functionId: (reference) => {
      const id = functionIds.get(reference);
      if (id === undefined) throw new Error(`The template has no function ${reference}.`);
      return id;
    },
    assetAt: (key) => assetAt(assemblyDir, assets, key),
    assetFolder: (id) => assetAt(assemblyDir, assets, resources.get(id)?.properties['Code']?.S3Key),
  };

  function value(id: string, attribute?: string): string {
    const { Type } = document.Resources[id] ?? {};
    const type = Type && typeOf(Type);
    if (!type) throw new Error(`The template refers to ${id}, which it does not declare.`);
    // Nobody here looks at a resource without effect, whatever it is called.
    if (type.effect === 'no effect') return attribute === undefined ? id : `${id}.${attribute}`;
    const self = { id, name: nameOf(id), gateway, site };
    if (attribute === undefined) return type.ref?.(self) ?? self.name;
    const known = type.attributes?.[attribute];
    if (!known) throw new Error(`The local host does not know ${id}.${attribute} of ${Type}.`);
    return known(self);
  }

  function nameOf(id: string): string {
    const { Type, Properties } = document.Resources[id];
    const { named, longest = 255 } = typeOf(Type) ?? {};
    if (!named) return id;
    const given = Properties?.[named];
    if (given) return resolve(given);
    const name = `${stackName}-${id}`;
    return shorten(Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name, longest);
  }
}

/** Names over the limit keep their end (the part that differs) and a hash of the rest. */
export function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  return `${createHash('sha256').update(name).digest('hex').slice(0, 8)}-${name.slice(9 - longest)}`;
}

function refuseUnknownTypes(document: Json): void {
  for (const [id, { Type }] of Object.entries<Json>(document.Resources)) {
    if (typeOf(Type)) continue;
    throw new Error(
      `The template declares ${id} of type ${Type}, which the local host does not know. ` +
        'Say in infra/local/template/resource-types.ts what it means on one machine.',
    );
  }
}

/** Functions that only CloudFormation calls, for custom resources: this host does itself what they do. */
function providersOf(document: Json): Set<string> {
  const tokens = Object.values<Json>(document.Resources).map(({ Properties }) => Properties?.ServiceToken);
  return new Set(tokens.map((token) => token?.['Fn::GetAtt']?.[0]).filter(Boolean));
}

function assetAt(assemblyDir: string, { files }: Json, key: unknown): string {
  for (const { source, destinations } of Object.values<Json>(files)) {
    const keys = Object.values<Json>(destinations).map(({ objectKey }) => objectKey);
    if (keys.includes(key)) return join(assemblyDir, source.path);
  }
  throw new Error(`The assembly holds no asset ${key}. Code has to be a bundled asset, not inline.`);
}

function onlyStack(assemblyDir: string): string {
  const stacks = readdirSync(assemblyDir).filter((file) => file.endsWith('.template.json'));
  if (stacks.length !== 1) throw new Error(`${assemblyDir} holds ${stacks.length} stacks; one can be run.`);
  return String(stacks[0]).replace('.template.json', '');
}

function readJson(folder: string, file: string): Json {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
