import { countryList } from '../shared/kernel/iso.ts';
import { aPledge, aSignature } from '../test/support/a-person.ts';
import { tokenIn, until } from '../test/support/a-visitor.ts';
import { visit } from './traffic.ts';

/** Somebody who takes part, and what it took by HTTP. */
export interface Supporter {
  email: string;
  country: string;
  kind: 'signature' | 'pledge';
  /** Of the link in the mail that asks to confirm. */
  token?: string;
  /** Of the personal link, once confirmed. */
  manage?: string;
}

/** Supporters of all countries, so that tallies are as large as they get; every tenth pledges. */
export function someSupporters(name: string, count: number): Supporter[] {
  return Array.from({ length: count }, (_, at) => ({
    email: `${name}.${at}@example.org`,
    country: countryList[at % countryList.length] ?? 'KE',
    kind: at % 10 === 9 ? 'pledge' : 'signature',
  }));
}

/** What the widget sends. */
export async function submit(url: string, campaign: string, { email, country, kind }: Supporter) {
  const details = { email, country, display: 'initials', source: 'qr' };
  const [path, body] =
    kind === 'pledge' ? ['pledges', aPledge(details)] : ['signatures', aSignature(details)];
  await post(`${url}/v1/campaigns/${campaign}/${path}`, body, 202);
}

/** What the link in a mail leads to: a page, its button, and the page after it. Three requests. */
export async function confirm(url: string, supporter: Supporter): Promise<void> {
  const { email, token = '' } = supporter;
  if (!token) throw new Error(`${email} got no mail`);
  await expectStatus(visit(`${url}/confirm?token=${encodeURIComponent(token)}`), 200);
  const after = await press(url, supporter);
  await expectStatus(visit(after), 200);
}

/** The button alone; answers the address of the page after it. */
export async function press(url: string, supporter: Supporter): Promise<URL> {
  const body = new URLSearchParams({ token: supporter.token ?? '' });
  const answer = await expectStatus(visit(`${url}/v1/confirmations`, { method: 'POST', body }), 303);
  const after = new URL(answer.headers.get('location') ?? '', url);
  supporter.manage = after.searchParams.get('token') ?? '';
  return after;
}

/** Takes a confirmed action back. */
export async function withdraw(url: string, { manage }: Supporter): Promise<void> {
  await post(`${url}/v1/withdrawals`, { token: manage }, 200);
}

/** Has all that was said erased. */
export async function erase(url: string, { manage }: Supporter): Promise<void> {
  await post(`${url}/v1/erasures`, { token: manage }, 200);
}

/** Gives each supporter the token of the mail, once all have mail; answers how many mails there are. */
export async function readMail(url: string, supporters: Supporter[]): Promise<number> {
  return until(
    async () => {
      const all = await readInbox(url);
      const byAddress = new Map(all.map((mail) => [mail.to[0], mail]));
      if (!supporters.every(({ email }) => byAddress.has(email))) return undefined;
      for (const one of supporters) one.token = tokenIn(byAddress.get(one.email) ?? { text: '' });
      return all.length;
    },
    `mail to ${supporters.length} supporters`,
    60_000,
  );
}

export async function readInbox(url: string): Promise<{ to: string[]; text: string }[]> {
  return (await fetch(`${url}/inbox/messages`)).json();
}

/** Some at a time. */
export async function inTurn<T>(
  items: T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

function post(url: string, body: unknown, status: number): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return expectStatus(visit(url, { method: 'POST', headers, body: JSON.stringify(body) }), status);
}

async function expectStatus(answer: Promise<Response>, status: number): Promise<Response> {
  const response = await answer;
  if (response.status === status) return response;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
