import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the synthesised cloud assembly, stage dev. */
    assembly: string;
  }
}

/** Synthesises the stack once for all flow tests: they run what deploys. */
export default function setup(project: TestProject) {
  const assembly = mkdtempSync(join(tmpdir(), 'groundswell-assembly-'));
  const { status, stderr } = spawnSync(process.execPath, ['infra/app.ts'], {
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: '{"stage":"dev"}' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The stack cannot be synthesised:\n${stderr}`);
  project.provide('assembly', assembly);
  return () => rmSync(assembly, { recursive: true, force: true });
}
