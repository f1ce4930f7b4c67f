import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import type { ActionKind } from '../shared/kernel/action-kind.ts';
import type { Language } from '../shared/kernel/language.ts';
import { aPerson, fillVow, submit } from '../test/support/a-form.ts';
import { pageText } from '../web/pages/page-text.ts';

/** What a page loaded of the stack, as a CDN sends it that compresses as well as gzip can. */
export interface Load {
  /** `/widget.js`, without a query. */
  path: string;
  bytes: number;
  gzipped: number;
}

/**
 * All that a page of another site loads from an origin until the form on it is there and nothing more comes; and with
 * `andThen`, until what is done there is done: what came before something is sent (POST), or `allThatFollows`, too.
 */
export async function recordLoads(
  browser: Browser,
  page: string,
  origin: string,
  andThen: (tab: Page) => Promise<unknown> = async () => {},
  { allThatFollows = false } = {},
): Promise<Load[]> {
  const context = await browser.newContext({ timezoneId: 'Africa/Nairobi' });
  try {
    const tab = await context.newPage();
    const answers: Response[] = [];
    let beforeSending: number | undefined;
    tab.on('response', (answer) => answers.push(answer));
    tab.on('request', (request) => {
      if (request.method() === 'POST') beforeSending ??= answers.length;
    });
    await tab.goto(page);
    await tab.locator('groundswell-action [part~="form"]').waitFor({ timeout: 15_000 });
    await andThen(tab);
    await tab.waitForLoadState('networkidle');
    const counted = allThatFollows ? answers : answers.slice(0, beforeSending);
    const ours = counted.filter(
      (answer) => new URL(answer.url()).origin === origin && answer.request().method() === 'GET',
    );
    return await Promise.all(ours.map(toLoad));
  } finally {
    await context.close();
  }
}

/** Fills in the form with an address that looks mistyped, is asked about it, and sends it: to nobody, for it is cut off. */
export async function sendTheForm(tab: Page, language: Language, kind: ActionKind): Promise<void> {
  const t = pageText(language);
  await tab.route(`**/${kind}s`, (route) => route.abort());
  if (kind === 'pledge') await fillVow(tab, t, { support: true });
  const { country, ...typed } = aPerson({ email: 'amina@gmial.com' });
  for (const [name, value] of Object.entries(typed)) await tab.locator(`[name="${name}"]`).fill(value);
  await tab.locator('[name="country"]').selectOption(country);
  await tab.getByRole('checkbox').first().check();
  await tab.getByRole('button', { name: t('form.typo.use') }).waitFor();
  const sent = tab.waitForRequest((request) => request.method() === 'POST');
  // What the page asks for from now on comes only then: if it needed any of that, the form would never go.
  await tab.route('**/assets/**', async (route) => {
    await sent;
    await route.continue();
  });
  await submit(tab, t, kind);
  // That it did not arrive: by then, what follows has come.
  await tab.getByRole('alert').waitFor();
}

export function gzippedSum(loads: Load[]): number {
  return loads.reduce((sum, { gzipped }) => sum + gzipped, 0);
}

/** What is not modified has no body. */
async function toLoad(answer: Response): Promise<Load> {
  const body = answer.ok() ? await answer.body() : Buffer.alloc(0);
  const gzipped = body.length === 0 ? 0 : gzipSync(body, { level: 9 }).length;
  return { path: new URL(answer.url()).pathname, bytes: body.length, gzipped };
}
