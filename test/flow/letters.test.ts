import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exampleSettings } from '../../functions/campaigns/settings-example.ts';
import { fetchToken } from '../../infra/local/token.ts';
import { aSignature } from '../support/a-person.ts';
import { healthMinistries, letterLanguages } from '../support/a-registry.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, until } from '../support/a-visitor.ts';
import { runTool } from '../support/run-tool.ts';

const campaign = '/v1/campaigns/mental-health-for-all';
const seeded = ['GB', 'FR', 'EG', 'IN', 'CN', 'BR', 'KE', 'MX'];

interface Letter {
  id: string;
  version: number;
  number: string;
  target: string;
  country: string;
  state: string;
  text: { language: string; version: number; fallback: boolean };
  pdf: { sha256: string; bytes: number; url: string };
}

/** Each event comes twice and out of order: also so, a letter is one letter. */
describe('a milestone with a target in each of 195 countries', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  let tokens: Record<string, string>;
  let letters: Letter[];
  beforeAll(async () => {
    stack = await aStack({ shuffleAndRepeat: true });
    visitor = aVisitor(stack.url);
    const names = ['secretariat', 'organiser', 'reviewer', 'viewer', 'outsider'];
    const fetched = names.map(async (name) => [name, await fetchToken(stack.url, `${name}@example.org`)]);
    tokens = Object.fromEntries(await Promise.all(fetched));
  });
  afterAll(() => stack?.stop());

  it('is prepared by importing the registry, which a second time changes nothing', async () => {
    const file = JSON.stringify(healthMinistries(195 - seeded.length, seeded));
    expect(await (await importTargets(file)).json()).toMatchObject({ added: 187, unchanged: 0, errors: [] });
    expect(await (await importTargets(file)).json()).toMatchObject({ added: 0, changed: 0, unchanged: 187 });
    const { targets } = await (await visitor.get(campaign)).json();
    expect(new Set(targets.map(({ country }: { country: string }) => country)).size).toBe(195);
    expect(JSON.stringify(targets)).not.toContain('@');
  });

  it('is exported by the tool as a file that it imports again without a change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'groundswell-registry-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const run = (...args: string[]) =>
      runTool('infra/tools/targets.ts', [
        ...args,
        '--url',
        stack.url,
        '--token',
        tokens['secretariat'] ?? '',
      ]);
    const file = join(folder, 'registry.csv');
    expect(await run('export', file)).toMatchObject({
      status: 0,
      stdout: `195 offices written to ${file}.\n`,
    });
    const done = 'Imported: 0 added, 0 changed, 195 as they were, 0 skipped.\n';
    expect(await run('import', file)).toMatchObject({ status: 0, stdout: done });
  });

  it('says before what a letter will be and what it lacks', async () => {
    const answer = await get(`${campaign}/letters/preview?target=ke-health`, 'viewer', 'application/json');
    const preview = await answer.json();
    expect(preview).toMatchObject({ target: 'ke-health', language: 'en', fallback: false });
    const pdf = await get(`${campaign}/letters/preview?target=eg-health`, 'viewer');
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await get(`${campaign}/letters/preview?target=ke-health`, 'outsider')).status).toBe(404);
    expect((await visitor.get(`${campaign}/letters/preview?target=ke-health`)).status).toBe(401);
  });

  it('writes 195 letters, each once, in the languages of their governments', {
    timeout: 240_000,
  }, async () => {
    for (let at = 0; at < 10; at++)
      await visitor.sign(aSignature({ email: `person${at}@example.org`, country: seeded[at % 8] ?? 'KE' }));
    for (let at = 0; at < 10; at++) await visitor.confirm(`person${at}@example.org`);
    await until(
      async () => (await visitor.tally()).governments.delivered === 195 || undefined,
      '195 letters to be delivered',
      200_000,
    );
    await stack.host.quiet();
    letters = (await (await get(`${campaign}/letters`, 'viewer')).json()).letters;
    expect(letters.map(({ state }) => state)).toEqual(Array(195).fill('delivered'));
    for (const distinct of ['target', 'number', 'id'] as const)
      expect(new Set(letters.map((letter) => letter[distinct])).size).toBe(195);
    expect(new Set(letters.map(({ text }) => text.language))).toEqual(new Set(letterLanguages));
    expect(letters.filter(({ text }) => text.fallback)).toEqual([]);
    const mails = (await visitor.mails()).filter(({ attachments }) => attachments.length > 0);
    expect(mails).toHaveLength(195);
    expect(new Set(mails.map(({ to }) => to.join())).size).toBe(195);
  });

  it('lets anyone who holds one check it: the number, the claim and the very file', async () => {
    const letter = letters.find(({ country }) => country === 'EG') as Letter;
    const proof = await visitor.get(`/letters/${letter.number}`, { headers: { accept: 'application/json' } });
    const said = await proof.text();
    expect(JSON.parse(said)).toMatchObject({ number: letter.number, pdf: { sha256: letter.pdf.sha256 } });
    expect(said).not.toMatch(/minister|@/);
    const [mail] = await visitor.mails('minister.eg@health.example.org');
    const file = await (await fetch(new URL(mail?.attachments[0]?.url ?? '', stack.url))).arrayBuffer();
    expect(createHash('sha256').update(Buffer.from(file)).digest('hex')).toBe(letter.pdf.sha256);
    expect(mail?.text).toContain(`${stack.url}/letters/${letter.number}`);
    const page = await visitor.get(`/letters/${letter.number}`, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(letter.pdf.sha256)]);
    expect((await visitor.get('/letters/MHFA-2026-22222222')).status).toBe(404);
  });

  it('takes new words for letters from an organiser, and refuses what would not come out right', async () => {
    const path = `${campaign}/letters/texts/en`;
    const { title, place, role, asks } = await (await get(path, 'viewer')).json();
    const words = { title, place, role, asks: [...asks, 'Tell us by {when}.'] };
    const refused = await put(path, words, 'organiser');
    expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([422, `/asks/${asks.length}`]);
    expect((await put(path, { title, place, role, asks }, 'viewer')).status).toBe(403);
    const saved = await put(path, { title, place, role, asks: ['Fund it.'] }, 'organiser');
    expect([saved.status, (await saved.json()).version]).toEqual([200, 2]);
  });

  it('of a campaign whose letters a person approves is sent once it is approved, and once', async () => {
    const path = '/v1/campaigns/school-counsellors';
    await publish('school-counsellors', 'ke-health');
    await visitor.sign(aSignature({ email: 'parent@example.org' }), 'school-counsellors');
    await visitor.confirm('parent@example.org');
    const letter = await until(
      async () => (await lettersAt(`${path}/letters?state=composed`))[0],
      'a letter',
    );
    const mailed = async () =>
      (await visitor.mails()).filter(({ subject }) => subject.includes(letter.number)).length;
    expect(await mailed()).toBe(0);
    const approve = () =>
      post(`/v1/letters/${letter.id}/approve`, {}, 'reviewer', { 'if-match': `"${letter.version}"` });
    const answers = await Promise.all([approve(), approve()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await until(async () => (await lettersAt(`${path}/letters?state=delivered`))[0], 'its delivery');
    await stack.host.quiet();
    expect([await mailed(), (await approve()).status]).toEqual([1, 200]);
    expect((await post(`/v1/letters/${letter.id}/cancel`, {}, 'organiser')).status).toBe(409);
  });

  it('that bounced is sent again when its address is corrected, and what is told of one mail is not said of the other', async () => {
    const path = '/v1/campaigns/school-nurses';
    await putOffice('bounce@simulator.amazonses.com');
    await publish('school-nurses', 'ke-education');
    await visitor.sign(aSignature({ email: 'nurse@example.org' }), 'school-nurses');
    await visitor.confirm('nurse@example.org');
    const inState = (state: string) =>
      until(async () => (await lettersAt(`${path}/letters?state=${state}`))[0], `a letter that is ${state}`);
    const { id } = await inState('composed');
    await post(`/v1/letters/${id}/approve`, {}, 'reviewer');
    await inState('bounced');
    await putOffice('minister.education@example.org');
    const retried = await post(`/v1/letters/${id}/retry`, {}, 'organiser');
    expect([retried.status, (await retried.json()).state]).toEqual([200, 'composed']);
    await post(`/v1/letters/${id}/approve`, {}, 'reviewer');
    const { number } = await inState('delivered');
    await stack.host.quiet();
    expect((await inState('delivered')).id).toBe(id);
    const mails = (await visitor.mails()).filter(({ subject }) => subject.includes(number));
    expect(mails.flatMap(({ to }) => to).sort()).toEqual([
      'bounce@simulator.amazonses.com',
      'minister.education@example.org',
    ]);
  });

  async function putOffice(email: string): Promise<void> {
    const [ministry] = healthMinistries(1, []);
    const contact_details = [{ type: 'email', value: email, status: 'verified' }];
    const office = { ...ministry, id: 'ke-education', area_id: 'KE', languages: ['en'], contact_details };
    const answer = await importTargets(JSON.stringify([office]));
    expect(await answer.json()).toMatchObject({ errors: [] });
  }

  /** A campaign whose letters are approved, to one office, at its first signature. */
  async function publish(slug: string, office: string): Promise<void> {
    const path = `/v1/campaigns/${slug}`;
    const campaign = {
      ...exampleSettings,
      slug,
      organisation: 'demo-network',
      opensAt: '2026-01-01T00:00',
      milestones: { world: [1], country: [] },
    };
    const words = { title: 'Counsellors', place: 'Nairobi', role: 'Director', asks: ['Fund them.'] };
    const targets = { rules: [], ids: [office], except: [] };
    for (const answer of [
      await post('/v1/campaigns', campaign, 'organiser'),
      await put(`${path}/targets`, targets, 'organiser'),
      await put(`${path}/letters/texts/en`, words, 'organiser'),
      await post(`${path}/publish`, { similar: 'seen' }, 'organiser'),
    ])
      expect(answer.ok, await answer.text()).toBe(true);
  }

  async function lettersAt(path: string): Promise<Letter[]> {
    return (await (await get(path, 'viewer')).json()).letters;
  }

  function importTargets(body: string) {
    return visitor.get('/v1/targets/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens['secretariat']}` },
      body,
    });
  }

  function get(path: string, name: string, accept = '*/*') {
    return visitor.get(path, { headers: { accept, authorization: `Bearer ${tokens[name]}` } });
  }

  function put(path: string, body: unknown, name: string) {
    return send('PUT', path, body, name);
  }

  function post(path: string, body: unknown, name: string, headers: Record<string, string> = {}) {
    return send('POST', path, body, name, headers);
  }

  function send(method: string, path: string, body: unknown, name: string, headers = {}) {
    return visitor.get(path, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${tokens[name]}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }
});
