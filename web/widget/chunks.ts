import type { chunk as later } from './later-chunk.ts';
import type { chunk as pledge } from './pledge-chunk.ts';
import { addTexts } from './texts.ts';

/** What of the widget is not needed to show and to send a form to sign, each with its English texts. */
interface Chunks {
  /** To promise something. */
  pledge: typeof pledge;
  /** What comes of sending it; or where there is no form. */
  later: typeof later;
}
/** Given also how many have failed so far: browsers may keep, by its whole address, that a module could not be loaded. */
export type LoadChunk = <Name extends keyof Chunks>(
  name: Name,
  failures: number,
) => Promise<{ chunk: Chunks[Name] }>;

/** How long (milliseconds) somebody who has sent something waits to be told in full. */
export const soon = 4_000;

let load: LoadChunk;
let failures = 0;

export function loadChunksBy(given: LoadChunk): void {
  load = given;
}

/** A chunk, if it can be loaded within `patience` (milliseconds). */
export async function chunkOf<Name extends keyof Chunks>(
  name: Name,
  patience = 20_000,
): Promise<Chunks[Name] | undefined> {
  const late = new Promise<never>((_, fail) => setTimeout(fail, patience));
  try {
    const { chunk } = await Promise.race([load(name, failures), late]);
    addTexts(chunk.texts);
    return chunk;
  } catch {
    failures++;
    return undefined;
  }
}
