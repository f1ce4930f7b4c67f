import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { aLetterContent } from '../support/a-letter.ts';

const entry = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { bundledLetterAssets, defineTypesetter } from './functions/letters/typeset-letter.ts';
  parentPort.postMessage(defineTypesetter(bundledLetterAssets(__dirname))(workerData));
`;

it('a bundled function sets a letter with nothing but the assets beside it', {
  timeout: 30_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await build({
    stdin: { contents: entry, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts' },
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['@myriaddreamin/typst-ts-node-compiler'],
  });

  copyLetterAssets(folder);

  const pdf = await answerOf(new Worker(join(folder, 'index.js'), { workerData: aLetterContent(), env: {} }));
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
});

function answerOf(worker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}
