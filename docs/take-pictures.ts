/** `npm run pictures`: starts a stack of its own, has people sign, and takes the pictures of the README. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aBrowser } from '../test/support/a-browser.ts';
import { aPledge, aSignature } from '../test/support/a-person.ts';
import { aVisitor, until } from '../test/support/a-visitor.ts';

const project = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'pictures');

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'groundswell-pictures-'));
  const stack = startStack(dataDir);
  try {
    const url = await addressOf(stack);
    await takePart(url);
    mkdirSync(folder, { recursive: true });
    const browser = await aBrowser();
    await takeCampaign(browser, `${url}/c/mental-health-for-all?lang=en`);
    await takeWidget(browser, `${url}/embed/mental-health-for-all`);
    await browser.close();
    await takeLetters();
  } finally {
    if (stack.kill('SIGTERM') && stack.exitCode === null) await once(stack, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function startStack(DATA_DIR: string): ChildProcess {
  return spawn(process.execPath, ['infra/local/start.ts'], {
    cwd: project,
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

/** The widget as a frame of a partner's page: what one signs, what one pledges, and what comes then. */
async function takeWidget(browser: Browser, address: string): Promise<void> {
  const shots: Array<{ name: string; query: string; colorScheme: 'light' | 'dark'; step?: 'check' }> = [
    { name: 'widget', query: 'lang=en', colorScheme: 'light' },
    { name: 'widget-pledge-ar', query: 'lang=ar&kind=pledge', colorScheme: 'dark' },
    { name: 'widget-check', query: 'lang=en&kind=signature', colorScheme: 'light', step: 'check' },
  ];
  for (const { name, query, colorScheme, step } of shots) {
    const page = await browser.newPage({ viewport: { width: 400, height: 1080 }, colorScheme });
    await page.goto(`${address}?${query}`, { waitUntil: 'networkidle' });
    if (step) await signIn(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
}

async function signIn(page: Page): Promise<void> {
  const widget = page.locator('groundswell-action');
  for (const [label, text] of Object.entries({
    'Given name': 'Amina',
    'Family name': 'Otieno',
    'E-mail address': 'amina@example.org',
  }))
    await widget.getByRole('textbox', { name: label }).fill(text);
  await widget.getByRole('combobox', { name: 'Country or territory' }).selectOption('KE');
  await widget.getByRole('checkbox').first().check();
  await widget.getByRole('button', { name: 'Sign the petition' }).click();
  await widget.getByRole('heading', { name: 'Check your e-mail' }).waitFor();
}

/** Two of the samples: what the office sees. */
async function takeLetters(): Promise<void> {
  const samples = mkdtempSync(join(tmpdir(), 'groundswell-samples-'));
  try {
    const tool = ['infra/tools/letter-samples.ts', '--out', samples];
    const [code] = await once(spawn(process.execPath, tool, { cwd: project, stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error('The samples of letters could not be written');
    for (const letter of ['letter-en', 'letter-ar'])
      copyFileSync(join(samples, `${letter}-1.png`), join(folder, `${letter}.png`));
  } finally {
    rmSync(samples, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
