import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Membership,
  may,
  type Permission,
  type Thing,
  type Verb,
  verbs,
} from '../../functions/members/member.ts';
import { fetchToken } from '../../infra/local/token.ts';
import network from '../../infra/seed/network.json' with { type: 'json' };
import { reachMilestone } from '../support/a-milestone.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { tokensOf } from '../support/a-token.ts';
import {
  type DescribedOperation,
  exampleOf,
  exampleRequest,
  operations,
  type Replaced,
} from '../support/an-operation.ts';

/** The seeded campaign, which examples are about, and whose it is. */
const slug = 'mental-health-for-all';
const campaign: Thing = {
  of: 'campaign',
  owner: 'demo-network',
  partners: ['minds-in-common-fr', 'minds-in-common-ke', 'minds-in-common-mx'],
};

/** People of the seeded network. */
const people = {
  viewer: 'viewer@example.org',
  reviewer: 'reviewer@example.org',
  'organiser of another organisation': 'outsider@example.org',
  partner: 'partner@example.org',
  organiser: 'organiser@example.org',
  owner: 'owner@example.org',
  secretariat: 'secretariat@example.org',
};
type Person = keyof typeof people;

const forged = ['no token', 'expired', 'wrong audience', 'alg none', 'HS256 with the public key'] as const;
type Caller = (typeof forged)[number] | Person;

const forCampaigners = operations.filter(({ permission }) => permission !== undefined);
const forAnyone = operations.filter(({ permission }) => permission === undefined);
/** Those about something that is not theirs, for somebody who has no part in it. */
const stranger = 'organiser of another organisation';
const ofOthers = forCampaigners.filter((operation) => permissionOf(stranger, operation) === 'stranger');

describe('who may do what', () => {
  let stack: RunningStack;
  let tokens: Record<Caller, string>;
  let letter: { id: string };
  beforeAll(async () => {
    stack = await aStack();
    const names = Object.keys(people) as Person[];
    const [signedIn] = await Promise.all([
      Promise.all(names.map(async (name) => [name, await fetchToken(stack.url, people[name])] as const)),
      reachMilestone(stack),
    ]);
    const known = Object.fromEntries(signedIn) as Record<Person, string>;
    tokens = { ...(await forge(known.owner)), ...known };
    await ask('secretariat', `/v1/campaigns/${slug}/recount`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const list = await ask('secretariat', `/v1/campaigns/${slug}/letters`, {});
    [letter] = JSON.parse(list.text).letters;
  });
  afterAll(() => stack?.stop());

  /** Tokens that do not hold, made of one that does. */
  const forge = async (token: string): Promise<Record<(typeof forged)[number], string>> => {
    const { signed, unsigned, confused } = tokensOf(stack.dataDir);
    return {
      'no token': '',
      expired: await signed(token, { exp: Math.floor(Date.now() / 1000) - 5 }),
      'wrong audience': await signed(token, { aud: 'other' }),
      'alg none': unsigned(token),
      'HS256 with the public key': await confused(token),
    };
  };

  const ask = async (caller: Caller, path: string, { headers, ...init }: RequestInit) => {
    const token = tokens[caller];
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const answer = await fetch(stack.url + path, {
      redirect: 'manual',
      headers: { ...(headers as Record<string, string>), ...authorization },
      ...init,
    });
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, text: await answer.text() };
  };

  /** Asks so that whoever may do it changes nothing. */
  const tryOut = (operation: DescribedOperation, caller: Caller, changed: Replaced = {}) => {
    const asked = { ...dry(operation), ...changed };
    return ask(caller, ...exampleRequest(operation, { ...asked, path: { id: letter.id, ...asked.path } }));
  };

  const codesOf = async (operation: DescribedOperation) => {
    const codes: Partial<Record<Caller, number | 'granted'>> = {};
    for (const caller of Object.keys(tokens) as Caller[]) {
      const { status } = await tryOut(operation, caller);
      codes[caller] = [401, 403, 404].includes(status) || status >= 500 ? status : 'granted';
    }
    return codes;
  };

  it('asks of each operation for a permission that the table has', () => {
    const known = [...Object.keys(verbs), 'signedIn'];
    expect(forCampaigners.filter(({ permission = '' }) => !known.includes(permission))).toEqual([]);
    expect(forAnyone.filter(({ isPublic }) => !isPublic)).toEqual([]);
  });

  it.concurrent.each(forCampaigners)('$method $path answers each by what they may', async (operation) => {
    expect(await codesOf(operation)).toEqual(expectedCodes(operation));
  });

  it.concurrent.each(ofOthers)(
    '$method $path does not tell a stranger whether it is there',
    async (operation) => {
      const answer = await tryOut(operation, stranger);
      expect(answer.status).toBe(404);
      expect(answer).toEqual(await tryOut(operation, stranger, nowhere(operation)));
    },
  );

  it.concurrent.each(forAnyone)(
    '$method $path answers anyone alike, whatever their token',
    async (operation) => {
      const answers = [];
      for (const caller of Object.keys(tokens) as Caller[])
        answers.push((await tryOut(operation, caller)).status);
      expect(new Set(answers).size).toBe(1);
      expect([401, 403]).not.toContain(answers[0]);
    },
  );

  it('has changed nothing by all of that', async () => {
    const log = await ask('secretariat', `/v1/campaigns/${slug}/log`, {});
    const verbsInLog = JSON.parse(log.text).entries.map(({ verb }: { verb: string }) => verb);
    // Whoever reads what is personal is in the log, too.
    expect(verbsInLog.filter((verb: string) => verb !== 'exportSupporters')).toEqual(['recount']);
  });
});

function expectedCodes(operation: DescribedOperation): Record<Caller, number | 'granted'> {
  const codes = { granted: 'granted', 'role-too-low': 403, stranger: 404 } as const;
  const ofPeople = (Object.keys(people) as Person[]).map((name) => [
    name,
    codes[permissionOf(name, operation)],
  ]);
  return Object.fromEntries([...forged.map((name) => [name, 401]), ...ofPeople]);
}

/** By the table of permissions, of what the example of the operation is about. */
function permissionOf(name: Person, operation: DescribedOperation): Permission {
  if (operation.permission === 'signedIn') return 'granted';
  const verb = operation.permission as Verb;
  const memberships = network.members.filter(({ email }) => email === people[name]) as Membership[];
  return may(memberships, verb, thingOf(operation));
}

function thingOf({ permission, parameters }: DescribedOperation): Thing {
  const { of } = verbs[permission as Verb];
  if (of === 'campaign') return campaign;
  if (of === 'network') return { of };
  const named = parameters.find(({ name }) => name === 'organisation');
  return { of, organisation: (named && exampleOf(named)) ?? 'demo-network' };
}

/** What of an operation is refused once it is known that the caller may: fields that it does not have. */
function dry({ operationId, method, content }: DescribedOperation): Replaced {
  const example = content['application/json']?.example as Record<string, unknown>;
  // Whose campaign it is to be is in the body: it is refused for its moment.
  if (operationId === 'createCampaign') return { body: { ...example, moment: 'no-such-moment' } };
  const path = { slug };
  // It reads for seconds.
  if (operationId === 'listActions') return { path, query: { limit: '0' } };
  if (method === 'GET') return { path };
  return method === 'DELETE' ? { path, query: { reason: '' } } : { path, body: { unknown: true } };
}

/** The same of something that is not there. */
function nowhere(operation: DescribedOperation): Replaced {
  const path = { slug: 'no-such-thing', organisation: 'no-such-thing', id: 'no-such-thing_0f2a' };
  const { body } = dry(operation);
  const isNamed = operation.operationId === 'createCampaign';
  return { path, ...(isNamed && { body: { ...(body as object), organisation: path.organisation } }) };
}
