import { closeSync, openSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Says what is wrong with how a tool was called, and ends it with 2. */
export function usageError(message: string): never {
  console.error(message);
  process.exit(2);
}

/**
 * The options that a tool was called with. Whatever it does not know, or that has no value, ends it with 2: what is
 * wrong, then the usage.
 */
export function readOptions<const Options extends ParseArgsOptionsConfig>(options: Options, usage: string) {
  try {
    const { values } = parseArgs({ options });
    const [empty] = Object.entries(values).find(([, value]) => value === '') ?? [];
    if (empty !== undefined) throw new Error(`Option '--${empty}' needs a value.`);
    return values;
  } catch (error) {
    usageError(`${toSentence(error as Error)}\n${usage}`);
  }
}

/** Ends a tool with 2 when a file cannot be written, before any work is done for it. */
export function requireWritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    const [, reason = 'it cannot be opened'] = /: (.+?),/.exec((error as Error).message) ?? [];
    usageError(`${file} cannot be written: ${reason}.`);
  }
}

/** What parseArgs says, in shorter words, and without its advice on arguments that begin with a dash. */
function toSentence({ message }: Error): string {
  const [said = ''] = message.split(/\s*(?:To specify|Did you forget) /);
  const short = said.replace(/ ?(?:<value>)?' argument (?:missing|is ambiguous)/, "' needs a value");
  return short.endsWith('.') ? short : `${short}.`;
}
