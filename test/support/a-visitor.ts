const slug = 'mental-health-for-all';

interface Mail {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  attachments: { filename: string; contentType: string; size: number; url: string }[];
}

/** Somebody who uses the stack from outside, by HTTP alone. */
export function aVisitor(url: string) {
  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const mails = async (to?: string): Promise<Mail[]> => {
    const all = (await (await fetch(`${url}/inbox/messages`)).json()) as Mail[];
    return all.filter((mail) => to === undefined || mail.to.includes(to));
  };
  const mailTo = (to: string, count = 1) =>
    until(async () => {
      const received = await mails(to);
      return received.length >= count ? (received.at(-1) as Mail) : undefined;
    }, `mail ${count} to ${to}`);
  const tally = async (campaign = slug) => (await fetch(`${url}/v1/campaigns/${campaign}/tally`)).json();
  const confirm = async (email: string, count = 1) =>
    post('/v1/confirmations', { token: tokenIn(await mailTo(email, count)) });
  return {
    post,
    mails,
    mailTo,
    tally,
    confirm,
    get: (path: string, init?: RequestInit) => fetch(url + path, { redirect: 'manual', ...init }),
    sign: (body: unknown, campaign = slug) => post(`/v1/campaigns/${campaign}/signatures`, body),
    pledge: (body: unknown, campaign = slug) => post(`/v1/campaigns/${campaign}/pledges`, body),
    signTotal: (total: number) =>
      until(
        async () => ((await tally()).signatures.total === total ? total : undefined),
        `a tally of ${total}`,
      ),
  };
}

/** The token of the first confirm or manage link in a mail. */
export function tokenIn({ text }: { text: string }): string {
  const token = /[?&]token=([\w.~%-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`No link in the mail:\n${text}`);
  return decodeURIComponent(token);
}

/** Asks until there is an answer; bounded, and says what it waited for. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  what: string,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
