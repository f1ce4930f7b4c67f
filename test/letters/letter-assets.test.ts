import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Stack } from 'aws-cdk-lib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../infra/constructs/bundle.ts';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { aFurtherText, aLetterContent } from '../support/a-letter.ts';

const entry = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { bundledLetterAssets, defineTypesetter } from './functions/letters/typeset-letter.ts';
  parentPort.postMessage(workerData.map(defineTypesetter(bundledLetterAssets(__dirname))));
`;

describe('a bundled function with its assets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  beforeAll(async () => {
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
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('sets letters in any of its scripts with nothing but the assets beside it', async () => {
    const letters = [
      ...['en', 'ar', 'hi', 'zh', 'ja', 'bn'].map((language) => aLetterContent({ language })),
      ...(['he', 'th', 'ko', 'am', 'ta'] as const).map((language) =>
        aLetterContent({ language, text: aFurtherText(language) }),
      ),
    ];

    const pdfs = await answerOf(new Worker(join(folder, 'index.js'), { workerData: letters, env: {} }));
    expect(pdfs).toHaveLength(letters.length);
    for (const pdf of pdfs) expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is under the 250 MB that Lambda unpacks at most', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

    expect(bytes).toBeGreaterThan(100_000_000);
    expect(bytes).toBeLessThan(250_000_000);
  });
});

describe('a function without them', () => {
  const synthesise = (entry: string) => bundle({ index: entry }).bind(new Stack());

  it('is refused if it sets letters', () => {
    expect(() => synthesise('letters/preview-letter.http')).toThrow(/copy it beside the bundle/);
  });

  it('may read of the room what sets none', () => {
    expect(() => synthesise('outbox/relay.stream')).not.toThrow();
  });
});

function answerOf(worker: Worker): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}
