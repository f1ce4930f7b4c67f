import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { reachMilestone } from '../support/a-milestone.ts';
import { anEndorsement } from '../support/a-person.ts';
import { answerSchema, misfits } from '../support/a-schema.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { tokensOf } from '../support/a-token.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';
import {
  type DescribedOperation,
  exampleRequest,
  operations,
  type Replaced,
} from '../support/an-operation.ts';

/** Those that come before the others, in this order: what others need, they make. */
const first = [
  'createCampaign',
  'takeSignature',
  'approveLetter',
  'confirmAction',
  'requestRecount',
  'inviteMember',
  'acceptInvitation',
  'invitePartner',
  'acceptPartnership',
  'putPartnership',
  'putLogo',
];
/** Those that come after the others, in this order: they end something. */
const last = [
  'leavePartnership',
  'endPartnership',
  'declinePartnership',
  'withdrawAction',
  'eraseAction',
  'removeMember',
  'closeCampaign',
  'archiveCampaign',
];

describe('the examples of the description', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  /** The secretariat may do nearly everything in the network; supporters are for the owner, an invitation is for whom it was sent to. */
  let tokens: { secretariat: string; organiser: string; invited: string };
  /** The action of an organisation that is shown. */
  let endorsement: string;
  /** What a link to manage one's action leads to. */
  let manageToken: string;
  beforeAll(async () => {
    stack = await aStack();
    visitor = aVisitor(stack.url);
    const [secretariat, organiser] = await Promise.all([
      fetchToken(stack.url, 'secretariat@example.org'),
      fetchToken(stack.url, 'organiser@example.org'),
    ]);
    const newcomer = { sub: 'a-newcomer', email: 'newcomer@example.org' };
    tokens = { secretariat, organiser, invited: await tokensOf(stack.dataDir).signed(secretariat, newcomer) };
    await reachApproval();
  });
  afterAll(() => stack?.stop());

  const send = (path: string, init: RequestInit = {}, token = tokens.secretariat) => {
    const authorization = { authorization: `Bearer ${token}` };
    return fetch(stack.url + path, { ...init, headers: { ...init.headers, ...authorization } });
  };
  const read = async (path: string) => (await send(path)).json();
  const post = (path: string, body: object) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const mailed = async (to: string) => tokenIn(await visitor.mailTo(to));
  const settings = '/v1/campaigns/mental-health-for-all/settings';
  const save = async (changes: object) => {
    const saved = await send(settings, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...(await read(settings)).settings, ...changes }),
    });
    expect(saved.status, await saved.text()).toBe(200);
  };
  /** Letters that wait for a person. */
  const reachApproval = async () => {
    const { letters } = (await read(settings)).settings;
    await save({ letters: { ...letters, approval: true } });
    await reachMilestone(stack);
  };
  const letter = (state = 'composed') =>
    until(async () => {
      const { letters } = await read(`/v1/campaigns/mental-health-for-all/letters?state=${state}`);
      return letters[0];
    }, `a letter that is ${state}`);
  const memberWho = async (role: string) => {
    const { members } = await read('/v1/organisations/demo-network/members');
    return { path: { member: members.find((each: { role: string }) => each.role === role).id } };
  };

  /** An organisation supports the seeded campaign, which has verified it. */
  const endorse = async () => {
    const email = 'board@openminds.example.org';
    await visitor.post('/v1/campaigns/mental-health-for-all/endorsements', anEndorsement({ email }));
    await visitor.confirm(email);
    const actions = '/v1/campaigns/mental-health-for-all/actions';
    const [{ action }] = (await read(`${actions}?kind=endorsement&toVerify=true`)).actions;
    await post(`${actions}/verify`, { actions: [action] });
    return action;
  };

  /** What only this stack can know, in place of what examples have for it: tokens of its mails, and ids. */
  const known: Record<string, () => Promise<Replaced>> = {
    putLogo: async () => {
      endorsement = await endorse();
      return { path: { action: endorsement } };
    },
    removeLogo: async () => ({ path: { action: endorsement } }),
    confirmAction: async () => ({ body: { token: await mailed('amina@example.org') } }),
    withdrawAction: async () => ({ body: { token: manageToken } }),
    eraseAction: async () => ({ body: { token: manageToken } }),
    getLetter: async () => ({ path: { id: (await letter()).id } }),
    getLetterPdf: async () => ({ path: { id: (await letter()).id } }),
    getLetterProof: async () => ({
      path: { number: (await letter('delivered')).number },
      query: { format: 'json' },
    }),
    approveLetter: async () => ({ path: { id: (await letter()).id } }),
    retryLetter: async () => ({ path: { id: (await letter('delivered')).id } }),
    recordLetterSent: async () => ({ path: { id: (await letter('delivered')).id } }),
    cancelLetter: async () => ({ path: { id: (await letter()).id } }),
    getOembed: async () => ({ query: { url: `${stack.url}/c/mental-health-for-all` } }),
    acceptInvitation: async () => ({ body: { token: await mailed('newcomer@example.org') } }),
    putMember: () => memberWho('viewer'),
    removeMember: () => memberWho('reviewer'),
    withdrawInvitation: async () => {
      const invitation = { email: 'another@example.org', role: 'viewer' };
      const invited = await post('/v1/organisations/demo-network/invitations', invitation);
      return { path: { invitation: (await invited.json()).id } };
    },
    declinePartnership: async () => {
      const partners = '/v1/campaigns/mental-health-for-all/partners';
      await send(`${partners}/other-org`, { method: 'DELETE' });
      await post(partners, { organisation: 'other-org' });
      return {};
    },
  };

  it.each(inOrder())('$method $path does as its example says', async (operation) => {
    const [path, init] = exampleRequest(operation, await known[operation.operationId]?.());
    const others: Record<string, string> = {
      acceptInvitation: tokens.invited,
      exportSupporters: tokens.organiser,
    };
    const token = others[operation.operationId] ?? tokens.secretariat;
    const answer = operation.isPublic ? await fetch(stack.url + path, init) : await send(path, init, token);
    const text = await answer.text();
    if (operation.operationId === 'confirmAction')
      manageToken = tokenIn({ text: JSON.parse(text).manageUrl });
    expect(answer.ok, `${answer.status} ${text}`).toBe(true);
    expect(Object.keys(operation.responses)).toContain(String(answer.status));
    const [type = ''] = answer.headers.get('content-type')?.split(';') ?? [];
    const { content } = operation.responses[answer.status] ?? {};
    expect(Object.keys(content ?? { '': {} })).toContain(type);
    if (type === 'application/json')
      expect(misfits(JSON.parse(text), answerSchema(operation, String(answer.status), type))).toEqual([]);
  });
});

function inOrder(): DescribedOperation[] {
  const place = ({ operationId }: DescribedOperation) =>
    first.includes(operationId) ? first.indexOf(operationId) - first.length : last.indexOf(operationId) + 1;
  return [...operations].sort((one, other) => place(one) - place(other));
}
