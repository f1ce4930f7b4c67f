import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesise } from '../../infra/local/demo-stack.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the synthesised cloud assembly, stage dev. */
    assembly: string;
  }
}

/** Synthesises the stack once for all flow tests: they run what deploys. */
export default async function setup(project: TestProject) {
  const assembly = mkdtempSync(join(tmpdir(), 'groundswell-assembly-'));
  await synthesise(assembly);
  project.provide('assembly', assembly);
  return () => rmSync(assembly, { recursive: true, force: true });
}
