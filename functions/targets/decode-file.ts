import { isUtf8 } from 'node:buffer';

/** What a file says, its lines divided by `\n`. */
export interface Decoded {
  text: string;
  /** Lines that are not UTF-8, from 1 on, with what stands there. What cannot be read is U+FFFD in the text. */
  damage: Map<number, string>;
}

/** The text of a file in UTF-8, with a byte order mark or without; undefined when it is UTF-16, or no text at all. */
export function decodeFile(bytes: Uint8Array): Decoded | undefined {
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\r\n?/g, '\n');
  // No text has NUL; UTF-16 has it beside each Latin letter, and its byte order mark is not UTF-8.
  if (text.includes('\0') || isUtf16(bytes)) return undefined;
  return { text, damage: isUtf8(bytes) ? new Map() : findDamage(bytes) };
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** No byte of a character of UTF-8 is that of a line's end. */
function findDamage(bytes: Uint8Array): Map<number, string> {
  const damage = new Map<number, string>();
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const here = bytes.subarray(start, end);
    if (!isUtf8(here)) damage.set(line, describe(here));
    start = end + 1;
  }
  return damage;
}

/** The first byte that is not UTF-8: `Byte 12 (E9)`. */
function describe(line: Uint8Array): string {
  let [good, bad] = [0, line.length];
  // The longest beginning that can still be read, by halves.
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (readBeginning(line.subarray(0, middle)) === undefined) bad = middle;
    else good = middle;
  }
  // A character may have begun there that the next byte does not go on with.
  const at = Buffer.byteLength(readBeginning(line.subarray(0, good)) ?? '');
  return `Byte ${at + 1} (${(line[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')})`;
}

/** What can be read of the beginning of a line, which may end within a character; undefined when it is not UTF-8. */
function readBeginning(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
