import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalTemplate, Resource } from '../contract.ts';
import { ACCOUNT, type Identity, REGION, resourceTypes } from './resource-types.ts';

// biome-ignore lint/suspicious/noExplicitAny: a CloudFormation document is open.
type Json = any;

export interface TemplateOptions {
  assemblyDir: string;
  /** Needed only where the assembly holds several stacks. */
  stackName?: string | undefined;
  parameters?: Record<string, string> | undefined;
  /** Origin of the local AWS gateway, and the site's own origin. */
  gateway: string;
  site: string;
}
/** A template whose intrinsics are resolved, without the resources that have no effect on one machine. */
export interface LoadedTemplate extends LocalTemplate {
  /** Value of `Ref` (no attribute) or `Fn::GetAtt`. */
  value(id: string, attribute?: string): string;
  /** Physical name of a resource: of a table, queue, bucket, function, bus, secret. */
  nameOf(id: string): string;
  /** Folder of a function's bundled asset. */
  assetFolder(functionId: string): string;
  /** Logical id of the function that a logical id, a name or an ARN names. Throws for any other. */
  functionId(reference: string): string;
  ofType(...types: string[]): [id: string, properties: Resource['properties']][];
}

const DROPPED = Symbol('AWS::NoValue');

/** Reads one stack of a cloud assembly. Throws when it declares what this host cannot run. */
export function loadTemplate(options: TemplateOptions): LoadedTemplate {
  const stackName = options.stackName ?? onlyStack(options.assemblyDir);
  const document = readJson(options.assemblyDir, `${stackName}.template.json`);
  const value = createReferences(stackName, document, options);
  const resolve = createResolver(document, stackName, options, value);
  const resources = new Map<string, Resource>();
  for (const [id, { Type, Properties, Condition }] of declared(document)) {
    if (resourceTypes[Type]?.effect === 'no effect' || (Condition && !resolve({ Condition }))) continue;
    resources.set(id, { type: Type, properties: resolve(Properties ?? {}) });
  }
  const outputs = Object.entries<Json>(document.Outputs ?? {}).map(([id, { Value }]) => [id, resolve(Value)]);
  const assets = readJson(options.assemblyDir, `${stackName}.assets.json`);
  const nameOf = (id: string) => physicalName(stackName, id, document.Resources[id], resolve);
  const functions = [...resources].filter(([, { type }]) => type === 'AWS::Lambda::Function');
  const functionIds = new Map(
    functions.flatMap(([id]) => [id, nameOf(id), value(id, 'Arn')].map((reference) => [reference, id])),
  );
  return {
    stackName,
    resources,
    outputs: Object.fromEntries(outputs),
    value,
    nameOf,
    functionId: (reference) => {
      const id = functionIds.get(reference);
      if (id === undefined) throw new Error(`The template has no function ${reference}.`);
      return id;
    },
    assetFolder: (id) =>
      assetFolder(options.assemblyDir, assets, resources.get(id)?.properties['Code']?.S3Key),
    ofType: (...types) =>
      [...resources].filter(([, r]) => types.includes(r.type)).map(([id, r]) => [id, r.properties]),
  };
}

/** The resources of a document; refuses a type that is not on the list. */
function declared(document: Json): [string, Json][] {
  const all = Object.entries<Json>(document.Resources);
  for (const [id, { Type }] of all) {
    if (!Object.hasOwn(resourceTypes, Type)) {
      throw new Error(
        `The template declares ${id} of type ${Type}, which the local host does not know. ` +
          'Say in infra/local/template/resource-types.ts what it means on one machine.',
      );
    }
  }
  return all;
}

type Resolve = (value: Json) => Json;

/** What `Ref` and `Fn::GetAtt` of a resource give. They need no other resource, only its name. */
function createReferences(stackName: string, document: Json, options: TemplateOptions) {
  const resolveName = createResolver(document, stackName, options, () => {
    throw new Error('A physical name may not depend on another resource.');
  });
  return (id: string, attribute?: string): string => {
    const resource = document.Resources[id];
    const type = resourceTypes[resource?.Type];
    if (!type) throw new Error(`The template refers to ${id}, which it does not declare.`);
    const name = physicalName(stackName, id, resource, resolveName);
    const self: Identity = { id, name, gateway: options.gateway, site: options.site };
    if (attribute === undefined) return type.ref?.(self) ?? name;
    const known = type.attributes?.[attribute];
    if (!known) throw new Error(`The local host does not know ${id}.${attribute} of ${resource.Type}.`);
    return known(self);
  };
}

function physicalName(stackName: string, id: string, { Type, Properties }: Json, resolve: Resolve): string {
  const { named, longest = 255 } = resourceTypes[Type] ?? {};
  if (!named) return id;
  const given = Properties?.[named];
  if (given) return resolve(given);
  const name = `${stackName}-${id}`;
  return Type === 'AWS::S3::Bucket' ? shorten(name.toLowerCase(), longest) : shorten(name, longest);
}

/** Names over the limit keep their end (the part that differs) and a hash of the rest. */
export function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  return `${createHash('sha256').update(name).digest('hex').slice(0, 8)}-${name.slice(9 - longest)}`;
}

function createResolver(
  document: Json,
  stackName: string,
  options: TemplateOptions,
  value: (id: string, attribute?: string) => string,
): Resolve {
  const pseudo: Record<string, unknown> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/local`,
    'AWS::NoValue': DROPPED,
  };
  const ref = (id: string) => {
    if (Object.hasOwn(pseudo, id)) return pseudo[id];
    const parameter = document.Parameters?.[id];
    return parameter ? parameterValue(id, parameter, options.parameters) : value(id);
  };
  const condition = (name: string) => resolve(document.Conditions[name]);
  const substitute = (text: string, own: Record<string, Json>) =>
    text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal, key) => {
      if (literal) return `\${${key}}`;
      if (Object.hasOwn(own, key)) return resolve(own[key]);
      const [id, ...attribute] = key.split('.');
      return attribute.length > 0 ? value(id, attribute.join('.')) : String(ref(key));
    });

  const intrinsics: Record<string, (argument: Json) => unknown> = {
    Ref: ref,
    Condition: condition,
    'Fn::GetAtt': (a) => (typeof a === 'string' ? substitute(`\${${a}}`, {}) : value(a[0], resolve(a[1]))),
    'Fn::Sub': (a) => (typeof a === 'string' ? substitute(a, {}) : substitute(a[0], a[1])),
    'Fn::Join': ([separator, parts]) => resolve(parts).join(separator),
    'Fn::Select': ([index, list]) => resolve(list)[Number(resolve(index))],
    'Fn::Split': ([separator, text]) => resolve(text).split(separator),
    'Fn::If': ([name, yes, no]) => resolve(condition(name) ? yes : no),
    'Fn::Equals': ([a, b]) => resolve(a) === resolve(b),
    'Fn::Not': ([a]) => !resolve(a),
    'Fn::And': (all) => all.every(resolve),
    'Fn::Or': (all) => all.some(resolve),
    'Fn::FindInMap': ([map, first, second]) => document.Mappings[map][resolve(first)][resolve(second)],
  };

  function resolve(input: Json): Json {
    if (Array.isArray(input)) return input.map(resolve).filter((item) => item !== DROPPED);
    if (typeof input !== 'object' || input === null) return input;
    const [key = '', ...others] = Object.keys(input);
    if (others.length === 0 && Object.hasOwn(intrinsics, key)) return intrinsics[key]?.(input[key]);
    if (key.startsWith('Fn::')) throw new Error(`The local host does not know the function ${key}.`);
    const entries = Object.entries(input).map(([name, inner]) => [name, resolve(inner)]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== DROPPED));
  }
  return resolve;
}

function parameterValue(id: string, { Default, Type }: Json, given: Record<string, string> = {}): unknown {
  const value = given[id] ?? Default;
  if (value === undefined) throw new Error(`The template's parameter ${id} has no value.`);
  return Type === 'CommaDelimitedList' ? String(value).split(',') : String(value);
}

function assetFolder(assemblyDir: string, { files }: Json, key: unknown): string {
  for (const { source, destinations } of Object.values<Json>(files)) {
    const keys = Object.values<Json>(destinations).map((destination) => destination.objectKey);
    if (keys.includes(key)) return join(assemblyDir, source.path);
  }
  throw new Error(`The assembly holds no asset ${key}. Functions need bundled assets, not inline code.`);
}

function onlyStack(assemblyDir: string): string {
  const stacks = readdirSync(assemblyDir).filter((file) => file.endsWith('.template.json'));
  if (stacks.length !== 1)
    throw new Error(`${assemblyDir} holds ${stacks.length} stacks; name the one to run.`);
  return String(stacks[0]).replace('.template.json', '');
}

function readJson(folder: string, file: string): Json {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
