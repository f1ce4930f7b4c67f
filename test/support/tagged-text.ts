import { inflateSync } from 'node:zlib';

/** What a page shows, by the id of its marked content; what is outside the structure (running heads, a watermark) apart. */
export interface TaggedText {
  byId: Map<number, Shown[]>;
  artifacts: Shown[];
}

/** What one operator shows, glyph by glyph from left to right, and where it begins (in points, from below). */
export interface Shown {
  units: string[];
  x: number;
  y: number;
}

interface Mark {
  id?: number;
  actual?: string;
}

/**
 * Reads what a page shows with the replacement texts of ISO 32000-1 (14.9.4, ActualText), which pdf.js leaves out: without
 * them, conjuncts of Devanagari and Bengali come out in pieces.
 */
export function readTaggedText(pdf: Uint8Array, page: number): TaggedText {
  const file = Buffer.from(pdf).toString('latin1');
  const body = dictionaryOf(file, page);
  const fonts = new Map(
    [...body.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', font]) => [
      name,
      readFont(file, Number(font)),
    ]),
  );
  const contents = Number(/\/Contents (\d+) 0 R/.exec(body)?.[1]);
  const found: TaggedText = { byId: new Map(), artifacts: [] };
  for (const { marks, shown } of show(streamOf(file, contents), fonts)) {
    const id = marks.find((mark) => mark.id !== undefined)?.id;
    if (id === undefined) found.artifacts.push(shown);
    else found.byId.set(id, [...(found.byId.get(id) ?? []), shown]);
  }
  return found;
}

const token = /<<|>>|<[0-9A-Fa-f\s]*>|\/[^\s/<>[\]()]+|[[\]]|[^\s/<>[\]()]+/y;

function* tokensOf(content: string): Generator<string> {
  for (let at = 0; at < content.length; ) {
    token.lastIndex = at;
    const word =
      content[at] === '(' ? content.slice(at, endOfLiteral(content, at)) : token.exec(content)?.[0];
    if (word) yield word;
    at += word?.length ?? 1;
  }
}

/** Round brackets stand in a literal string as they are where they are balanced. */
function endOfLiteral(content: string, from: number): number {
  let depth = 0;
  for (let at = from; at < content.length; at += 1) {
    if (content[at] === '\\') at += 1;
    else if (content[at] === '(') depth += 1;
    else if (content[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return content.length;
}

function* show(
  content: string,
  fonts: Map<string, Map<number, string>>,
): Generator<{ marks: Mark[]; shown: Shown }> {
  const marks: Mark[] = [];
  let operands: string[] = [];
  let font = new Map<number, string>();
  let [at, origin] = [
    [0, 0],
    [0, 0],
  ];
  const saved: number[][] = [];
  for (const word of tokensOf(content)) {
    if (!/^[A-Za-z'"*]+\d?$/.test(word)) {
      operands.push(word);
      continue;
    }
    if (word === 'q') saved.push(origin);
    if (word === 'Q') origin = saved.pop() ?? [0, 0];
    if (word === 'cm') origin = operands.slice(4).map((n, i) => Number(n) + (origin[i] ?? 0));
    if (word === 'Tm') at = operands.slice(4).map(Number);
    if (word === 'Tf') font = fonts.get(operands[0]?.slice(1) ?? '') ?? new Map();
    if (word === 'BMC' || word === 'BDC') marks.push(toMark(operands));
    if (word === 'EMC') marks.pop();
    if (word === 'Tj' || word === 'TJ') {
      const mark = marks.find(({ actual }) => actual !== undefined);
      const units = operands.filter((it) => /^[(<]/.test(it)).flatMap((it) => toUnits(it, font));
      const [x = 0, y = 0] = origin;
      yield {
        marks: [...marks],
        shown: {
          units: mark?.actual === undefined ? units : [mark.actual],
          x: x + (at[0] ?? 0),
          y: y - (at[1] ?? 0),
        },
      };
      // The replacement stands for all that its mark encloses.
      if (mark) mark.actual = '';
    }
    operands = [];
  }
}

function toMark(operands: string[]): Mark {
  const text = operands.join(' ');
  const id = /\/MCID (\d+)/.exec(text)?.[1];
  const actual = operands[operands.indexOf('/ActualText') + 1];
  return {
    ...(id !== undefined && { id: Number(id) }),
    ...(operands.includes('/ActualText') && actual && { actual: toText(actual) }),
  };
}

/** Two bytes to a glyph, as all of typst's fonts have them. */
function toUnits(string: string, font: Map<number, string>): string[] {
  const bytes = bytesOf(string);
  return Array.from({ length: bytes.length / 2 }, (_, i) => {
    const glyph = bytes.charCodeAt(2 * i) * 256 + bytes.charCodeAt(2 * i + 1);
    return font.get(glyph) ?? '';
  });
}

/** A text string: UTF-16 behind its mark, else PDFDocEncoding, which is ASCII where krilla writes it. */
function toText(string: string): string {
  const bytes = bytesOf(string);
  return bytes.startsWith('\xfe\xff')
    ? fromUtf16(Buffer.from(bytes.slice(2), 'latin1').toString('hex'))
    : bytes;
}

function bytesOf(string: string): string {
  return string.startsWith('(')
    ? fromLiteral(string)
    : Buffer.from(string.slice(1, -1), 'hex').toString('latin1');
}

function fromLiteral(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\([0-7]{3}|[\s\S])/g, (_, code: string) =>
      /\d{3}/.test(code)
        ? String.fromCharCode(Number.parseInt(code, 8))
        : ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[code] ?? code),
    );
}

function readFont(file: string, font: number): Map<number, string> {
  const map = Number(/\/ToUnicode (\d+) 0 R/.exec(dictionaryOf(file, font))?.[1]);
  const pairs = streamOf(file, map).matchAll(/<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\n/g);
  return new Map(
    [...pairs].map(([, glyph = '', text = '']) => [Number.parseInt(glyph, 16), fromUtf16(text)]),
  );
}

/** Lines of a block from top to bottom. Letters of a line can stand a little higher than others, as they do in Amiri. */
export function toLogical(parts: Shown[]): string {
  const lines: Shown[][] = [];
  for (const part of parts) {
    const line = lines.find(([first]) => Math.abs((first?.y ?? 0) - part.y) < 6);
    if (line) line.push(part);
    else lines.push([part]);
  }
  return lines.map(orderLine).join(' ');
}

const rightToLeft = /[[\p{Script=Arabic}\p{Script=Hebrew}]&&[\p{L}\p{M}]]/v;
const leftToRight = /[\p{L}\p{N}+]/u;

/** A line with Arabic or Hebrew was written from left to right as it is seen; Latin and numbers are read so, the rest is not. */
function orderLine(line: Shown[]): string {
  const seen = line.toSorted((a, b) => a.x - b.x).flatMap(({ units }) => units);
  const isRight = (unit: string) => rightToLeft.test(unit);
  if (!seen.some(isRight)) return line.flatMap(({ units }) => units).join('');
  const ordered: string[] = [];
  let run: string[] = [];
  for (const unit of seen.reverse()) {
    if (isRight(unit)) {
      ordered.push(...toRun(run), unit);
      run = [];
    } else run.push(unit);
  }
  return [...ordered, ...toRun(run)].join('');
}

/** What stands between two words of Arabic: its marks at both ends are those of the line, what they enclose is turned. */
function toRun(units: string[]): string[] {
  const from = units.findIndex((unit) => leftToRight.test(unit));
  const to = units.findLastIndex((unit) => leftToRight.test(unit)) + 1;
  return from < 0 ? units : [...units.slice(0, from), ...units.slice(from, to).reverse(), ...units.slice(to)];
}

function dictionaryOf(file: string, object: number): string {
  const begin = file.indexOf(`\n${object} 0 obj\n`);
  const rest = file.slice(begin, begin + 20_000);
  return rest.slice(0, rest.search(/\nstream\r?\n|\nendobj/));
}

function streamOf(file: string, object: number): string {
  const dictionary = dictionaryOf(file, object);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const begin =
    file.indexOf('stream', file.indexOf(`\n${object} 0 obj\n`) + dictionary.length) + 'stream'.length;
  const from = file[begin] === '\r' ? begin + 2 : begin + 1;
  const bytes = Buffer.from(file.slice(from, from + length), 'latin1');
  return (dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

function fromUtf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}
