import type { Json } from '../contract.ts';
import { ACCOUNT, REGION } from './resource-types.ts';

interface ResolverOptions {
  document: Json;
  stackName: string;
  parameters: Record<string, string>;
  /** What `Ref` (no attribute) and `Fn::GetAtt` of a resource give. */
  value(id: string, attribute?: string): string;
}

const DROPPED = Symbol('AWS::NoValue');

/** Returns what replaces CloudFormation's intrinsic functions by their values, at any depth. Throws for one it does not know. */
export function createResolver({ document, stackName, parameters, value }: ResolverOptions) {
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
    return parameter ? parameterValue(id, parameter, parameters) : value(id);
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
    'Fn::GetAtt': ([id, attribute]) => value(id, attribute),
    'Fn::Sub': (a) => (typeof a === 'string' ? substitute(a, {}) : substitute(a[0], a[1])),
    'Fn::Join': ([separator, parts]) => resolve(parts).join(separator),
    'Fn::Select': ([index, list]) => resolve(list)[Number(index)],
    'Fn::Split': ([separator, text]) => resolve(text).split(separator),
    'Fn::If': ([name, yes, no]) => resolve(condition(name) ? yes : no),
    'Fn::Equals': ([a, b]) => resolve(a) === resolve(b),
    'Fn::Not': ([a]) => !resolve(a),
    'Fn::And': (all) => all.every(resolve),
    'Fn::Or': (all) => all.some(resolve),
    'Fn::FindInMap': ([map, first, second]) => document.Mappings[map][resolve(first)][resolve(second)],
  };
  return resolve;

  function resolve(input: Json): Json {
    if (Array.isArray(input)) return input.map(resolve).filter((item) => item !== DROPPED);
    if (typeof input !== 'object' || input === null) return input;
    const [key = '', ...others] = Object.keys(input);
    if (others.length === 0 && Object.hasOwn(intrinsics, key)) return intrinsics[key]?.(input[key]);
    if (key.startsWith('Fn::')) throw new Error(`The local host does not know the function ${key}.`);
    const entries = Object.entries(input).map(([name, inner]) => [name, resolve(inner)]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== DROPPED));
  }
}

function parameterValue(id: string, { Default, Type }: Json, given: Record<string, string>): unknown {
  const value = given[id] ?? Default;
  if (value === undefined) throw new Error(`The template's parameter ${id} has no value.`);
  return Type === 'CommaDelimitedList' ? String(value).split(',') : String(value);
}
