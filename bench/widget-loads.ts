import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';

/** What a page loaded of the stack, as a CDN sends it that compresses as well as gzip can. */
export interface Load {
  /** `/widget.js`, without a query. */
  path: string;
  bytes: number;
  gzipped: number;
}

/**
 * All that a page of another site loads from an origin until the form on it is there and nothing more comes; and with
 * `andThen`, until what is done there is done.
 */
export async function recordLoads(
  browser: Browser,
  page: string,
  origin: string,
  andThen: (tab: Page) => Promise<unknown> = async () => {},
): Promise<Load[]> {
  const context = await browser.newContext({ timezoneId: 'Africa/Nairobi' });
  try {
    const tab = await context.newPage();
    const answers: Response[] = [];
    tab.on('response', (answer) => answers.push(answer));
    await tab.goto(page);
    await tab.locator('groundswell-action [part~="form"]').waitFor({ timeout: 15_000 });
    await andThen(tab);
    await tab.waitForLoadState('networkidle');
    const ours = answers.filter(
      (answer) => new URL(answer.url()).origin === origin && answer.request().method() === 'GET',
    );
    return await Promise.all(ours.map(toLoad));
  } finally {
    await context.close();
  }
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
