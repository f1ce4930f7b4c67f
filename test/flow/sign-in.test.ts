import { DeleteItemCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor } from '../support/a-visitor.ts';
import { axeFindings } from '../support/an-axe-check.ts';

let stack: RunningStack;
let browser: Browser;
beforeAll(async () => {
  stack = await aStack();
  browser = await aBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** A browser of its own for each test: nobody is signed in there. */
let context: BrowserContext;
let page: Page;
/** What pages wrote into the console, refusals of their policy among it. */
let said: string[];
beforeEach(async () => {
  said = [];
  context = await browser.newContext({ locale: 'en' });
  page = await context.newPage();
  page.on('console', (message) => said.push(message.text()));
});
afterEach(() => context.close());

/** Chooses a local user at the issuer. */
const chooseUser = async (email: string) => {
  await page.waitForURL(/\/oidc\/sign-in\//);
  await page.getByRole('button', { name: email, exact: true }).click();
};

/** Signs in at the issuer with an address that it has not seen. */
const signUp = async (email: string) => {
  await page.waitForURL(/\/oidc\/sign-in\//);
  await page.getByRole('textbox', { name: 'Somebody else' }).fill(email);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

describe('a campaigner', () => {
  it('signs in by the browser, sees what they are a member of, and signs out', async () => {
    await page.goto(`${stack.url}/dashboard?lang=en`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await chooseUser('organiser@example.org');
    await page.getByText('You are signed in as organiser@example.org.').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'organiser' }).allTextContents()).toEqual([
      'Minds in Common – organiser',
    ]);
    expect(new URL(page.url()).search).toBe('?lang=en');
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);

    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${stack.url}/dashboard`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('organiser');
    // A token begins with the letters of `{"`: in an address it would stay in the history, and be good for an hour.
    expect(asked.filter((address) => address.includes('eyJ'))).toEqual([]);
    expect(said).toEqual([]);
  });

  it('finds the dashboard with a slash behind its address, too', async () => {
    await page.goto(`${stack.url}/dashboard/?lang=en`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await chooseUser('viewer@example.org');
    await page.getByText('You are signed in as viewer@example.org.').waitFor();
    expect(said).toEqual([]);
  });

  it('reads the dashboard in another language, and signs in from there', async () => {
    await page.goto(`${stack.url}/dashboard?lang=en`);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await chooseUser('viewer@example.org');
    await page.waitForURL(`${stack.url}/dashboard?lang=de`);
    await page.getByText('viewer@example.org').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('who belongs to no organisation is told so', async () => {
    await page.goto(`${stack.url}/dashboard?lang=en`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signUp('guest@example.org');
    await page.getByText('This address is not a member of any organisation.').waitFor();
  });

  it('whose way back from the issuer belongs to no way there is told so, and can sign in again', async () => {
    await page.goto(`${stack.url}/dashboard/callback?code=of-somebody-else&state=forged&lang=en`);
    await page.getByText('You are not signed in: that was not finished.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await chooseUser('viewer@example.org');
    await page.getByText('You are signed in as viewer@example.org.').waitFor();
  });
});

describe('whoever is invited', () => {
  it('reads it in two languages, signs in with the invited address and is a member', async () => {
    await page.goto(await invite('guest@example.org'));
    for (const language of ['Deutsch', 'English']) {
      await page.getByRole('link', { name: language }).click();
      await page.locator('[aria-current]').getByText(language).waitFor();
    }
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await signUp('guest@example.org');
    await page.getByText('You have accepted the invitation, as guest@example.org.').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('link', { name: 'Go on to your organisations' }).click();
    await page.getByText('Minds in Common – reviewer').waitFor();
    expect(said).toEqual([]);
  });

  it('signs in with another address, is told so, and can sign in with the right one', async () => {
    await page.goto(await invite('outsider@example.org'));
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await chooseUser('partner@example.org');
    await page
      .getByText('You are signed in as partner@example.org, and the invitation was sent to')
      .waitFor();
    await page.getByRole('button', { name: 'Sign in with another address' }).click();
    await chooseUser('outsider@example.org');
    await page.getByText('You have accepted the invitation, as outsider@example.org.').waitFor();
  });

  it('accepts while the connection fails, is told so, and accepts again once it is back', async () => {
    await page.goto(await invite('secretariat@example.org'));
    await page.route('**/v1/invitations/accept', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await chooseUser('secretariat@example.org');
    await page.getByText('That could not be done: the connection failed.').waitFor();
    await page.unroute('**/v1/invitations/accept');
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await page.getByText('You have accepted the invitation, as secretariat@example.org.').waitFor();
  });

  it('tells the issuer nothing of the invitation', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url(), request.postData() ?? ''));
    const address = await invite('chapter@example.org');
    const token = new URL(address).searchParams.get('token') ?? '';
    await page.goto(address);
    await page.getByRole('button', { name: 'Sign in and accept' }).click();
    await page.waitForURL(/\/oidc\/sign-in\//);
    const toIssuer = asked.filter((each) => each.includes('/oidc/'));
    expect(toIssuer.join('\n')).not.toContain(token);
    expect(await page.evaluate(() => document.referrer)).toBe('');
  });
});

describe('the operator of a new deployment', () => {
  /** What the command in the stack's outputs calls, with an address in place of the one that it has. */
  const runCommand = (email: string) => {
    const { host } = stack;
    const command = String(host.template.outputs['FirstAdminCommand']);
    const [, name = '', payload = '{}'] = /--function-name (\S+) .*--payload '([^']+)'/.exec(command) ?? [];
    return host.invoke(name, { ...JSON.parse(payload), email });
  };

  it('makes the first member of the secretariat by the command in the outputs, who signs in then; and nobody else', async () => {
    await leaveNobodyIn('secretariat');
    expect(await runCommand('guest-admin@example.org')).toEqual({
      done: true,
      message: `Sign in with this address at ${stack.url}/dashboard`,
    });
    expect(await runCommand('another@example.org')).toMatchObject({ done: false });

    await page.goto(`${stack.url}/dashboard?lang=en`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signUp('guest-admin@example.org');
    await page.getByText('– secretariat').waitFor();
  });
});

/** As a deployment is before anybody was made a member. */
async function leaveNobodyIn(organisation: string): Promise<void> {
  const { client, template } = stack.host;
  const db = new DynamoDBClient(client);
  const TableName = template.outputs['MembersTable'];
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'organisation = :it',
      ExpressionAttributeValues: { ':it': { S: organisation } },
    }),
  );
  for (const { organisation: of, sk } of Items)
    if (of && sk) await db.send(new DeleteItemCommand({ TableName, Key: { organisation: of, sk } }));
}

/** Invites somebody to be a reviewer of `demo-network`; resolves the link of the mail. */
async function invite(email: string): Promise<string> {
  const answer = await fetch(`${stack.url}/v1/organisations/demo-network/invitations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await fetchToken(stack.url, 'owner@example.org')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ email, role: 'reviewer' }),
  });
  expect(answer.status).toBeLessThan(300);
  const { text } = await aVisitor(stack.url).mailTo(email);
  return `${/https?:\/\/\S+\/invitation\?token=[^\s"]+/.exec(text)?.[0]}&lang=en`;
}
