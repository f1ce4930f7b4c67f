import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface WatchOptions extends BrowserContextOptions {
  /** Errors on the console that the test itself brings about. */
  expected?: RegExp;
  /** An error on the console that is there once, and no more. */
  expectedOnce?: RegExp;
  /** Runs in every document before its own scripts do. */
  prepare?: () => void;
}

/** Pages of one browser window, of which everything that must not happen is noted. */
export interface Watched {
  context: BrowserContext;
  page: Page;
  /** In words: errors, refusals by a Content-Security-Policy, requests elsewhere, what was stored. None, if all is well. */
  complaints(): Promise<string[]>;
}

/** @param origins All that may be asked for anything. */
export async function aWatchedPage(
  browser: Browser,
  origins: string[],
  { expected, expectedOnce, prepare, ...options }: WatchOptions = {},
): Promise<Watched> {
  const noted: string[] = [];
  let forgiven = 0;
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  if (prepare) await context.addInitScript(prepare);
  context.on('weberror', (error) => noted.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' || expected?.test(message.text())) return;
    if (expectedOnce?.test(message.text()) && forgiven++ === 0) return;
    noted.push(`console: ${message.text()}`);
  });
  context.on('dialog', (dialog) => {
    noted.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !origins.includes(origin)) noted.push(`request: ${request.url()}`);
  });
  const page = await context.newPage();
  return { context, page, complaints: async () => [...new Set([...noted, ...(await kept(context))])] };
}

/** Cookies, and what is in the storage of any frame that is open. */
async function kept(context: BrowserContext): Promise<string[]> {
  const cookies = (await context.cookies()).map(({ name }) => `cookie: ${name}`);
  const frames = context.pages().flatMap((page) => page.frames());
  const stored = frames
    .filter((frame) => /^https?:/.test(frame.url()))
    .map((frame) =>
      frame.evaluate(listStorage).then((names) => names.map((name) => `${frame.url()} ${name}`)),
    );
  return [...cookies, ...(await Promise.all(stored)).flat()];
}

async function listStorage(): Promise<string[]> {
  const databases = await indexedDB.databases();
  return [
    ...Object.keys(localStorage).map((name) => `localStorage: ${name}`),
    ...Object.keys(sessionStorage).map((name) => `sessionStorage: ${name}`),
    ...databases.map(({ name }) => `IndexedDB: ${name}`),
    ...(await caches.keys()).map((name) => `cache: ${name}`),
  ];
}
