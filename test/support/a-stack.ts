import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { demoStack } from '../../infra/local/demo-stack.ts';
import { type Host, type HostOptions, startHost } from '../../infra/local/host.ts';

export interface RunningStack {
  host: Host;
  url: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** A synthesised template: logical id to resource. */
export interface Template {
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are open.
  Resources: Record<string, { Type: string; Properties: any }>;
}
export interface StackOptions extends Pick<HostOptions, 'shuffleAndRepeat' | 'log'> {
  /** Changes the template before it runs, as a change of the stack would. */
  edit?: (template: Template) => void;
}

/** The whole stack with its demo network, in a folder of its own; every event delivered twice and shuffled if asked. */
export async function aStack({ edit, ...options }: StackOptions = {}): Promise<RunningStack> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-stack-'));
  const dataDir = join(folder, 'data');
  const assemblyDir = join(folder, 'assembly');
  cpSync(inject('assembly'), assemblyDir, { recursive: true });
  if (edit) editTemplate(join(assemblyDir, 'Groundswell-dev.template.json'), edit);
  const host = await startHost({
    assemblyDir,
    port: 0,
    dataDir,
    ...demoStack,
    ...options,
  });
  return {
    host,
    url: host.url,
    dataDir,
    stop: async () => {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function editTemplate(file: string, edit: (template: Template) => void): void {
  const template = JSON.parse(readFileSync(file, 'utf8'));
  edit(template);
  writeFileSync(file, JSON.stringify(template));
}
