import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfReading {
  pages: number;
  /** All text without white space: lines may break anywhere, and readers differ about spaces. */
  text: string;
  marked: boolean;
  /** Roles of the structure tree, such as `H1`, `Table`. */
  roles: string[];
  language: string;
  title: string;
  /** The part of PDF/UA that the file claims to follow. */
  uaPart: string | undefined;
}

/** Reads a PDF as an assistive technology would. */
export async function readPdf(pdf: Uint8Array): Promise<PdfReading> {
  const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise;
  const { info, metadata } = await document.getMetadata();
  const facts = info as { Language: string; Title: string };
  const reading: PdfReading = {
    pages: document.numPages,
    text: '',
    // The types say an object; it is a map.
    marked: new Map(((await document.getMarkInfo()) as never) ?? []).get('Marked') === true,
    roles: [],
    language: facts.Language,
    title: facts.Title,
    uaPart: metadata?.get('pdfuaid:part'),
  };
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    reading.text += items.map((item) => ('str' in item ? item.str : '')).join('');
    reading.roles.push(...rolesOf(await page.getStructTree()));
  }
  await document.loadingTask.destroy();
  reading.text = withoutSpace(reading.text);
  return reading;
}

/** As `PdfReading.text` has it. Zero-width spaces are where a long word may break. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b]+/g, '');
}

function rolesOf(tree: unknown): string[] {
  const node = tree as { role?: string; children?: unknown[] } | null;
  return [node?.role ?? [], (node?.children ?? []).map(rolesOf)].flat(2);
}
