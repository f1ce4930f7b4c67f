import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser } from '../support/a-browser.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor } from '../support/a-visitor.ts';

describe('in a browser', () => {
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

  it.each([
    { scripts: true, email: 'reader@example.org', total: '1' },
    { scripts: false, email: 'plain@example.org', total: '2' },
  ])(
    'a person signs, opens the mail, confirms and sees the count (scripts: $scripts)',
    async ({ scripts, email, total }) => {
      const page = await newPage(scripts);
      await page.goto(`${stack.url}/?lang=en`);
      await page
        .getByRole('link', { name: /Mental health for all/ })
        .first()
        .click();
      await page.locator(scripts ? 'groundswell-action [part~="form"]' : '#signature form').waitFor();
      // By roles, which only what is seen has: with scripts, the plain form is there too, behind the widget.
      await page.getByRole('textbox', { name: 'Given name' }).fill('Amina');
      await page.getByRole('textbox', { name: 'Family name' }).fill('Otieno');
      await page.getByRole('textbox', { name: 'E-mail address' }).fill(email);
      await page.getByRole('combobox', { name: 'Country or territory' }).selectOption('KE');
      await page.getByRole('radio', { name: 'By my name' }).check();
      await page.getByRole('checkbox').first().check();
      await page.getByRole('button', { name: 'Sign the petition' }).click();
      await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor();

      const mail = await aVisitor(stack.url).mailTo(email);
      await page.goto(`${stack.url}/inbox/${mail.id}`);
      const popup = page.waitForEvent('popup');
      await page
        .frameLocator('iframe')
        .getByRole('link', { name: /Confirm/ })
        .first()
        .click();
      const confirmation = await popup;
      await confirmation.getByRole('button', { name: 'Confirm my signature' }).click();
      await expect
        .poll(() => confirmation.getByRole('heading', { level: 1 }).textContent())
        .toContain('your signature is confirmed');

      await stack.host.quiet();
      await page.goto(`${stack.url}/c/mental-health-for-all?lang=en`);
      await expect
        .poll(() => page.locator('[data-count="signatures.total"]').first().textContent())
        .toBe(total);
      await expect.poll(() => signersOn(page)).toContain('Amina Otieno');
    },
  );

  it('says what is wrong on the page, keeps what was typed, and stores nothing', async () => {
    const page = await newPage(false);
    await page.goto(`${stack.url}/c/mental-health-for-all?lang=en`);
    const form = page.locator('#signature form');
    await form.evaluate((element) => element.setAttribute('novalidate', ''));
    await form.getByLabel('Given name').fill('Visit www.example.com');
    await form.getByRole('textbox', { name: 'E-mail address' }).fill('not an address');
    await form.getByRole('button', { name: 'Sign the petition' }).click();
    const summary = page.getByRole('alert');
    await expect.poll(() => summary.getByRole('link').count()).toBeGreaterThanOrEqual(4);
    expect(
      await page.locator('#signature form').getByRole('textbox', { name: 'E-mail address' }).inputValue(),
    ).toBe('not an address');
    await summary.getByRole('link', { name: /country/i }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('country');
  });

  it('shows the count move without reloading', async () => {
    const page = await newPage(true);
    await page.goto(`${stack.url}/c/mental-health-for-all?lang=en`);
    const visitor = aVisitor(stack.url);
    const next = String((await visitor.tally()).signatures.total + 1);
    await visitor.sign({
      givenName: 'Kofi',
      familyName: 'Mensah',
      email: 'kofi@example.org',
      country: 'GH',
      consents: [{ id: 'privacy', version: 1, granted: true }],
    });
    await visitor.confirm('kofi@example.org');
    await expect
      .poll(() => page.locator('[data-count="signatures.total"]').first().textContent(), {
        timeout: 15_000,
      })
      .toBe(next);
  });

  it('leads to a form by its name, with scripts and without, and loses nothing that was typed', async () => {
    for (const scripts of [true, false]) {
      const page = await newPage(scripts);
      await page.goto(`${stack.url}/c/mental-health-for-all?lang=en#pledge`);
      if (!scripts) await page.locator('#pledge summary').click();
      await page.getByRole('button', { name: 'Make the pledge' }).waitFor();
      expect(await page.locator('#pledge').count()).toBe(1);
    }
    const page = await newPage(true);
    await page.goto(`${stack.url}/c/mental-health-for-all?lang=en`);
    await page.getByRole('radio', { name: 'Pledge to fund' }).waitFor();
    await page.getByRole('textbox', { name: 'Given name' }).fill('Amina');
    await page.getByRole('link', { name: 'Pledge to fund' }).click();
    await page.getByRole('button', { name: 'Make the pledge' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Given name' }).inputValue()).toBe('Amina');
  });

  async function signersOn(page: Page): Promise<string[]> {
    await page.reload();
    return page.locator('section[aria-labelledby="signers"] li').allTextContents();
  }

  /** A page that fails the test when the browser reports an error or a breach of the content security policy. */
  async function newPage(javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.on('pageerror', (error) => expect.fail(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
        expect.fail(message.text());
    });
    return page;
  }
});
