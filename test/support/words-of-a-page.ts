import type { LetterPage } from '../../functions/letters/letter-page.ts';
import { withoutSpace } from './read-pdf.ts';

/** What is not read as running text: settings, the document's title, alternative texts and axes, running heads and feet. */
const aside = new Set<string>([
  'language',
  'script',
  'region',
  'direction',
  'digits',
  'title',
  'draft',
  'alt',
  'points',
  'ticks',
  'days',
  'code',
  'claim',
  'page',
]);

/** The running text of a page in reading order, each part as `readPdf` has it. */
export function wordsOf(page: LetterPage): string[] {
  return collect(page).map((words) => withoutSpace(words.normalize('NFC')));
}

function collect(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (aside.has(key) ? [] : collect(inner)));
}

/** The first of the parts that do not follow one another in a text; undefined when all do. */
export function firstOutOfOrder(parts: string[], text: string): string | undefined {
  let from = 0;
  return parts.find((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at < 0;
  });
}
