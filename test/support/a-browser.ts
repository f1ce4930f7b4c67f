import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { letterFonts } from '../../infra/constructs/letter-assets.ts';

/**
 * Chromium as npm ships it. Not with that package's own arguments: they turn web security off and end the browser
 * after one page.
 */
export async function aBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    env: { ...process.env, FONTCONFIG_FILE: fontsOfLetters() },
  });
}

/** Beside the machine's fonts those of letters, so that each script that pages have can be seen on any machine. */
function fontsOfLetters(): string {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-fonts-'));
  const file = join(folder, 'fonts.conf');
  const folders = [...new Set(letterFonts.map((font) => dirname(font)))];
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${folders.map((each) => `<dir>${each}</dir>`).join('\n')}
<cachedir>${folder}</cachedir>
</fontconfig>
`,
  );
  return file;
}
