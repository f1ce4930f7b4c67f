import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { standardMessages } from '../../functions/letters/standard-messages.ts';
import { runTool } from '../support/run-tool.ts';

const tool = 'infra/tools/letter-samples.ts';

test('samples are a PDF and its pages as PNG in each language, in a folder that is made for them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-samples-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'new', 'samples');
  const { status, stdout, stderr } = await runTool(tool, ['--out', out]);
  expect([status, stdout]).toEqual([0, expect.stringContaining('12 letters as PDF')]);
  expect(stderr).toContain('a letter in en');
  const files = readdirSync(out);
  for (const language of Object.keys(standardMessages))
    expect(files).toEqual(expect.arrayContaining([`letter-${language}.pdf`, `letter-${language}-1.png`]));
  for (const file of files) {
    const signature = file.endsWith('.pdf') ? '%PDF-' : '\x89PNG';
    expect(readFileSync(join(out, file), 'latin1').startsWith(signature), file).toBe(true);
  }
});

test('samples ask for the folder that they are to be written to', async () => {
  const { status, stderr } = await runTool(tool, []);
  expect([status, stderr]).toEqual([2, expect.stringContaining('--out FOLDER')]);
});
