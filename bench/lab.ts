import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../infra/local/host.ts';
import { progress } from './figure.ts';
import { type CampaignRun, runCampaign } from './run-campaign.ts';
import { startStack, synthesise } from './stack.ts';
import { measureTallyItem, type TallyItem } from './tally-item.ts';
import { measureUnits, type Units } from './units.ts';

/** What sections measure on. Each thing is made when it is first asked for, and shared by all. */
export interface Lab {
  /** For temporary files. */
  folder: string;
  /** Folder of the synthesised stack. */
  assembly(): Promise<string>;
  /** A running stack. */
  host(): Promise<Host>;
  /** A stack that delivers every event twice and out of order. */
  shufflingHost(): Promise<Host>;
  /** People who sign and confirm, and what that used. */
  run(): Promise<CampaignRun>;
  units(): Promise<Units>;
  tallyItem(): Promise<TallyItem>;
  /** Stops what was started. */
  close(): Promise<void>;
}

export function openLab(): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const hosts: Host[] = [];
  const start = async (name: string, shuffleAndRepeat: boolean) => {
    const assemblyDir = await assembly();
    progress(`a stack is started${shuffleAndRepeat ? ', which repeats and shuffles events' : ''}`);
    const host = await startStack(assemblyDir, join(folder, name), shuffleAndRepeat);
    hosts.push(host);
    return host;
  };
  const assembly = once(async () => {
    progress('the stack is synthesised');
    await synthesise(join(folder, 'assembly'));
    return join(folder, 'assembly');
  });
  const host = once(() => start('main', false));
  const run = once(async () => runCampaign(await host()));
  return {
    folder,
    assembly,
    host,
    shufflingHost: once(() => start('shuffled', true)),
    run,
    units: once(async () => measureUnits(await host(), await run())),
    tallyItem: once(async () => measureTallyItem(await host())),
    close: async () => {
      for (const each of hosts) await each.stop();
    },
  };
}

/** Made at the first call, and the same at every later one. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
