import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readTaggedText, type TaggedText, toLogical } from './tagged-text.ts';

export interface PdfReading {
  pages: number;
  /**
   * Text of the structure in its order, then `artifacts`; without white space, for lines may break anywhere, and readers
   * differ about spaces.
   */
  text: string;
  /** What each page shows outside of the structure: running heads and feet, a watermark. */
  artifacts: string[];
  marked: boolean;
  /** Roles of the structure tree, such as `H1`, `Table`. */
  roles: string[];
  /** Alternative texts. */
  alts: string[];
  language: string;
  title: string;
  /** The part of PDF/UA that the file claims to follow. */
  uaPart: string | undefined;
}

interface Node {
  role?: string;
  alt?: string;
  type?: string;
  id?: string;
  children?: Node[];
}

/** Reads a PDF as an assistive technology would. */
export async function readPdf(pdf: Uint8Array): Promise<PdfReading> {
  const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise;
  const { info, metadata } = await document.getMetadata();
  const facts = info as { Language: string; Title: string };
  const reading: PdfReading = {
    pages: document.numPages,
    text: '',
    artifacts: [],
    // The types say an object; it is a map.
    marked: new Map(((await document.getMarkInfo()) as never) ?? []).get('Marked') === true,
    roles: [],
    alts: [],
    language: facts.Language,
    title: facts.Title,
    uaPart: metadata?.get('pdfuaid:part'),
  };
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const tagged = readTaggedText(pdf, page.ref?.num ?? 0);
    const tree = (await page.getStructTree()) as Node | null;
    const nodes = nodesOf(tree);
    reading.text += textOf(tree, tagged);
    reading.roles.push(...nodes.flatMap(({ role }) => role ?? []));
    reading.alts.push(...nodes.flatMap(({ alt }) => alt ?? []));
    reading.artifacts.push(withoutSpace(toLogical(tagged.artifacts)));
  }
  await document.loadingTask.destroy();
  reading.text = withoutSpace(reading.text + reading.artifacts.join(''));
  return reading;
}

/** As `PdfReading.text` has it. What isolates a direction, and where a long word may break, are seen by nobody either. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b\u2066-\u2069]+/g, '');
}

/** Text of a block is one, also where parts of its lines are set apart. */
function textOf(node: Node | null, tagged: TaggedText): string {
  let text = '';
  let inline: Node[] = [];
  const end = () => {
    text += toLogical(
      inline.flatMap(({ id }) => tagged.byId.get(Number(/_mc(\d+)$/.exec(id ?? '')?.[1])) ?? []),
    );
    inline = [];
  };
  for (const child of node?.children ?? []) {
    if (isInline(child)) inline.push(...nodesOf(child));
    else {
      end();
      text += textOf(child, tagged);
    }
  }
  end();
  return text;
}

function isInline({ role, type }: Node): boolean {
  return type === 'content' || ['Span', 'Link', 'Strong', 'Em'].includes(role ?? '');
}

function nodesOf(node: Node | null): Node[] {
  return node ? [node, ...(node.children ?? []).flatMap(nodesOf)] : [];
}
