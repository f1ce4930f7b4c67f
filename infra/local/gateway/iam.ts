import type { Properties } from '../contract.ts';
import { ACCOUNT } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';

/** What a call needs to be allowed: one action on one resource, with the condition keys the call gives. */
export interface Need {
  action: string;
  resource: string;
  context: Record<string, string>;
}
/** Returns the first need that the caller's role does not grant, in words for the error, or undefined. */
export type Authorize = (caller: string, needs: Need[]) => string | undefined;

interface Statement {
  deny: boolean;
  covers(need: Need): boolean;
}

/**
 * Checks calls against the policies of each function's role, attached in the template or inline. Managed policies
 * (AWSLambdaBasicExecutionRole), those of resources and boundaries have no effect here. Throws for a statement that it
 * could not judge.
 */
export function createAuthorizer(template: Template): Authorize {
  const statements = new Map<string, Statement[]>();
  for (const [id, { Role }] of template.ofType('AWS::Lambda::Function'))
    statements.set(id, statementsOf(template, String(Role).replace(/^.*role\//, '')).map(toStatement));
  return (caller, needs) => {
    for (const need of needs) {
      const matching = (statements.get(caller) ?? []).filter((statement) => statement.covers(need));
      const denied = matching.some((statement) => statement.deny);
      if (matching.length > 0 && !denied) continue;
      const reason = denied ? 'with an explicit deny' : 'because no identity-based policy allows it';
      const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${caller}`;
      return `User: ${user} is not authorized to perform: ${need.action} on resource: ${need.resource} ${reason}`;
    }
    return undefined;
  };
}

function statementsOf(template: Template, role: string): Properties[] {
  const [, own] = template.ofType('AWS::IAM::Role').find(([id]) => template.nameOf(id) === role) ?? [];
  const attached = template.ofType('AWS::IAM::Policy').filter(([, { Roles }]) => Roles?.includes(role));
  const policies: Properties[] = [...attached.map(([, policy]) => policy), ...(own?.['Policies'] ?? [])];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function toStatement(statement: Properties): Statement {
  const { Effect, Action, Resource, Condition = {}, Sid, ...others } = statement;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw new Error(`The local host cannot judge ${unknown} in a policy (${Sid ?? Action}).`);
  const actions = [Action].flat().map((pattern) => like(pattern, 'i'));
  const resources = [Resource].flat().map((pattern) => like(pattern));
  const conditions = Object.entries<Properties>(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => toCondition(operator, key, [values].flat().map(String))),
  );
  return {
    deny: Effect === 'Deny',
    covers: ({ action, resource, context }) =>
      actions.some((pattern) => pattern.test(action)) &&
      resources.some((pattern) => pattern.test(resource)) &&
      conditions.every((holds) => holds(context)),
  };
}

function like(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `${flags}s`);
}

const OPERATORS: Record<string, (actual: string, expected: string) => boolean> = {
  StringEquals: (actual, expected) => actual === expected,
  StringLike: (actual, expected) => like(expected).test(actual),
};

/** Knows the one key that calls.ts gives. */
function toCondition(operator: string, key: string, expected: string[]) {
  const holds = OPERATORS[operator];
  if (!holds || key !== 'ses:FromAddress')
    throw new Error(`The local host does not know the policy condition ${operator} on ${key}.`);
  return (context: Need['context']) => {
    const actual = context[key];
    return actual !== undefined && expected.some((value) => holds(actual, value));
  };
}
