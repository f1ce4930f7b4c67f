/** `npm run pictures`: starts a stack of its own, has people sign, and takes the pictures of the README. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { aBrowser } from '../test/support/a-browser.ts';
import { aPledge, aSignature } from '../test/support/a-person.ts';
import { aVisitor, until } from '../test/support/a-visitor.ts';

const folder = join(import.meta.dirname, 'pictures');
/** Width in CSS pixels of the page of a letter: A4 at 96 dots an inch. */
const a4 = { width: 794, height: 1123 };

const letters = [
  { to: 'minister.ke@health.example.org', name: 'letter-en' },
  { to: 'minister.eg@health.example.org', name: 'letter-ar' },
];

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'groundswell-pictures-'));
  const stack = startStack(dataDir);
  try {
    const url = await addressOf(stack);
    await takePart(url);
    mkdirSync(folder, { recursive: true });
    const browser = await aBrowser();
    await takeCampaign(browser, `${url}/c/mental-health-for-all?lang=en`);
    for (const { to, name } of letters) await takeLetter(browser, url, to, name);
    await browser.close();
  } finally {
    if (stack.kill('SIGTERM') && stack.exitCode === null) await once(stack, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function startStack(DATA_DIR: string): ChildProcess {
  return spawn(process.execPath, ['infra/local/start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: '0', DATA_DIR },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The address that `npm start` prints once it is up. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of stdout ?? []) {
    said += chunk;
    const [, url] = /is up:\s+(http:\/\/localhost:\d+)\//.exec(said) ?? [];
    if (url) return url;
  }
  throw new Error(`The stack did not start:\n${said}`);
}

/** Three people pledge and ten sign; when the letters of the tenth signature are out, more sign. */
async function takePart(url: string): Promise<void> {
  const visitor = aVisitor(url);
  const act = async (people: Person[]) => {
    for (const person of people) {
      const answer =
        'amount' in person ? visitor.pledge(aPledge(person)) : visitor.sign(aSignature({ ...person }));
      if ((await answer).status !== 202) throw new Error(`${person.email} was refused`);
    }
    for (const { email } of people) await visitor.confirm(email);
  };
  await act([...givers, ...toSigners('KE KE KE FR GB IN BR MX EG ZA'.split(' '), 0)]);
  await until(async () => {
    const { targeted, delivered } = (await visitor.tally()).governments;
    return (targeted > 0 && delivered === targeted) || undefined;
  }, 'the letters');
  await act(toSigners('DE JP CA NG IN GB KE PH CO FR UG ES'.split(' '), 10));
  await visitor.signTotal(22);
}

type Person = { email: string; country: string; amount?: number; currency?: string };

const givers: Person[] = [
  { email: 'giver1@example.org', country: 'FR', amount: 2_500, currency: 'EUR' },
  { email: 'giver2@example.org', country: 'DE', amount: 5_000, currency: 'EUR' },
  { email: 'giver3@example.org', country: 'KE', amount: 50_000, currency: 'KES' },
];

function toSigners(countries: string[], from: number): Person[] {
  return countries.map((country, at) => ({ email: `person${from + at}@example.org`, country }));
}

async function takeCampaign(browser: Browser, address: string): Promise<void> {
  for (const { name, width, height, scale } of [
    { name: 'campaign', width: 1280, height: 1000, scale: 1 },
    { name: 'campaign-phone', width: 390, height: 1100, scale: 1 },
  ]) {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
}

/** The PDF as it was mailed, drawn by pdf.js: what the office sees. */
async function takeLetter(browser: Browser, url: string, to: string, name: string): Promise<void> {
  const mail = await aVisitor(url).mailTo(to);
  const page = await browser.newPage({ viewport: a4 });
  const pdf = `${url}${mail.attachments[0]?.url}`;
  await page.route('**/pdfjs/*', (route) => {
    const file = new URL(route.request().url()).pathname.replace('/pdfjs/', '');
    const path = createRequire(import.meta.url).resolve(`pdfjs-dist/build/${file}`);
    return route.fulfill({ path, contentType: 'text/javascript' });
  });
  await page.route('**/letter.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<style>body { margin: 0 }</style><canvas></canvas>' }),
  );
  await page.goto(`${url}/letter.html`);
  await page.evaluate(drawPdf, { pdf, width: a4.width });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

/** Runs in the browser. */
async function drawPdf({ pdf, width }: { pdf: string; width: number }): Promise<void> {
  const at = '/pdfjs/pdf.mjs';
  const { getDocument, GlobalWorkerOptions } = await import(at);
  GlobalWorkerOptions.workerSrc = '/pdfjs/pdf.worker.mjs';
  const first = await (await getDocument({ url: pdf }).promise).getPage(1);
  const viewport = first.getViewport({ scale: width / first.getViewport({ scale: 1 }).width });
  const canvas = document.querySelector('canvas') as HTMLCanvasElement;
  Object.assign(canvas, { width: viewport.width, height: viewport.height });
  await first.render({ canvas, viewport }).promise;
}

if (import.meta.main) await main();
