import { countryList } from '../shared/kernel/iso.ts';
import { aPledge, aSignature } from '../test/support/a-person.ts';
import { tokenIn, until } from '../test/support/a-visitor.ts';

/** Somebody who takes part, and what it took by HTTP. */
export interface Supporter {
  email: string;
  country: string;
  kind: 'signature' | 'pledge';
  token?: string;
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
export async function confirm(url: string, { email, token = '' }: Supporter): Promise<void> {
  if (!token) throw new Error(`${email} got no mail`);
  await expectStatus(fetch(`${url}/confirm?token=${encodeURIComponent(token)}`), 200);
  const pressed = await press(url, token);
  await expectStatus(fetch(new URL(pressed.headers.get('location') ?? '', url)), 200);
}

/** The button alone. */
export function press(url: string, token: string): Promise<Response> {
  const body = new URLSearchParams({ token });
  return expectStatus(fetch(`${url}/v1/confirmations`, { method: 'POST', body, redirect: 'manual' }), 303);
}

/** Takes a confirmed action back, by the token that confirming gave. */
export async function withdraw(url: string, token: string): Promise<void> {
  const location = (await press(url, token)).headers.get('location') ?? '';
  await post(`${url}/v1/withdrawals`, { token: new URL(location, url).searchParams.get('token') }, 200);
}

/** Gives each supporter the token of the mail, once all have mail; answers how many mails there are. */
export async function readMail(url: string, supporters: Supporter[]): Promise<number> {
  return until(
    async () => {
      const all = (await (await fetch(`${url}/inbox/messages`)).json()) as { to: string[]; text: string }[];
      const byAddress = new Map(all.map((mail) => [mail.to[0], mail]));
      if (!supporters.every(({ email }) => byAddress.has(email))) return undefined;
      for (const one of supporters) one.token = tokenIn(byAddress.get(one.email) ?? { text: '' });
      return all.length;
    },
    `mail to ${supporters.length} supporters`,
    60_000,
  );
}

/** Some at a time. */
export async function inTurn<T>(items: T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

async function post(url: string, body: unknown, status: number): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return expectStatus(fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }), status);
}

async function expectStatus(answer: Promise<Response>, status: number): Promise<Response> {
  const response = await answer;
  if (response.status === status) return response;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
