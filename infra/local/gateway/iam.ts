import type { Resource } from '../contract.ts';
import type { LoadedTemplate } from '../template/template.ts';

/** What a call needs to be allowed: one action on one resource, with the condition keys the call gives. */
export interface Need {
  action: string;
  resource: string;
  context: Record<string, string[]>;
}
/** Returns the first need that the caller's role does not grant, in words for the error, or undefined. */
export type Authorize = (caller: string, needs: Need[]) => string | undefined;

type Properties = Resource['properties'];
interface Statement {
  deny: boolean;
  covers(need: Need): boolean;
}

/**
 * Checks calls against the identity policies of each function's role: policies attached in the template, inline and
 * managed ones. Policies of AWS itself (AWSLambdaBasicExecutionRole), of resources and boundaries have no effect here.
 * Throws for a statement that it could not judge.
 */
export function createAuthorizer(template: LoadedTemplate): Authorize {
  const statements = new Map<string, Statement[]>();
  const users = new Map<string, string>();
  for (const [id, { Role }] of template.ofType('AWS::Lambda::Function')) {
    const role = String(Role).replace(/^.*role\//, '');
    users.set(id, `${Role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${id}`);
    statements.set(
      id,
      documentsOf(template, role).flatMap((document) => [document['Statement']].flat().map(toStatement)),
    );
  }
  return (caller, needs) => {
    for (const need of needs) {
      const matching = (statements.get(caller) ?? []).filter((statement) => statement.covers(need));
      const denied = matching.some((statement) => statement.deny);
      if (matching.length > 0 && !denied) continue;
      const reason = denied ? 'with an explicit deny' : `because no identity-based policy allows it`;
      return `User: ${users.get(caller) ?? caller} is not authorized to perform: ${need.action} on resource: ${need.resource} ${reason}`;
    }
    return undefined;
  };
}

function documentsOf(template: LoadedTemplate, role: string): Properties[] {
  const [, own] = template.ofType('AWS::IAM::Role').find(([id]) => template.nameOf(id) === role) ?? [];
  const managed = template
    .ofType('AWS::IAM::ManagedPolicy')
    .filter(
      ([id, p]) => p['Roles']?.includes(role) || own?.['ManagedPolicyArns']?.includes(template.value(id)),
    );
  const attached = template.ofType('AWS::IAM::Policy').filter(([, p]) => p['Roles']?.includes(role));
  const documents = [...attached, ...managed].map(([, properties]) => properties['PolicyDocument']);
  return [...documents, ...(own?.['Policies'] ?? []).map((policy: Properties) => policy['PolicyDocument'])];
}

function toStatement(statement: Properties): Statement {
  const { Effect, Action, Resource: resources, Condition = {}, Sid, ...others } = statement;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw new Error(`The local host cannot judge ${unknown} in a policy (${Sid ?? Action}).`);
  const actions = patterns(Action, 'i');
  const arns = patterns(resources, '');
  const conditions = Object.entries<Properties>(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => toCondition(operator, key, [values].flat().map(String))),
  );
  return {
    deny: Effect === 'Deny',
    covers: ({ action, resource, context }) =>
      actions.some((pattern) => pattern.test(action)) &&
      arns.some((pattern) => pattern.test(resource)) &&
      conditions.every((holds) => holds(context)),
  };
}

function patterns(values: string | string[], flags: string): RegExp[] {
  return [values].flat().map((value) => like(value, flags));
}

function like(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `${flags}s`);
}

type Test = (actual: string, expected: string) => boolean;
const equals: Test = (actual, expected) => actual === expected;
const equalsIgnoreCase: Test = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const isLike: Test = (actual, expected) => like(expected).test(actual);
const OPERATORS: Record<string, { test: Test; negated?: boolean }> = {
  StringEquals: { test: equals },
  StringNotEquals: { test: equals, negated: true },
  StringEqualsIgnoreCase: { test: equalsIgnoreCase },
  StringLike: { test: isLike },
  StringNotLike: { test: isLike, negated: true },
  ArnEquals: { test: isLike },
  ArnLike: { test: isLike },
  Bool: { test: equalsIgnoreCase },
};
/** The condition keys that calls.ts fills. */
const KEYS = [
  'dynamodb:LeadingKeys',
  'events:source',
  'events:detail-type',
  'ses:FromAddress',
  'ses:Recipients',
  's3:prefix',
  'aws:SecureTransport',
];

function toCondition(name: string, key: string, expected: string[]) {
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = OPERATORS[base];
  if (!operator || !KEYS.includes(key)) {
    throw new Error(`The local host does not know the policy condition ${name} on ${key}.`);
  }
  const { test, negated = false } = operator;
  const holds = (actual: string) => expected.some((value) => test(actual, value)) !== negated;
  return (context: Need['context']): boolean => {
    const actual = context[key];
    if (!actual) return set === 'ForAllValues' || Boolean(ifExists) || negated;
    return set === 'ForAllValues' ? actual.every(holds) : actual.some(holds);
  };
}
