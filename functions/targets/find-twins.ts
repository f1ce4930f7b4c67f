import type { Located } from './parse-registry.ts';
import { type RowError, rowError } from './row-error.ts';
import type { Target } from './target.ts';

/**
 * Offices that are there already under another id, above in the file or in what the registry keeps: of the same area, of
 * the same kind and with the same name in some language.
 */
export function findTwins(offices: Located[], kept: Target[]): RowError[] {
  const known = new Map<string, { id: string; where: string }>();
  for (const target of kept)
    for (const sign of signsOf(target)) known.set(sign, { id: target.id, where: 'the registry' });
  return offices.flatMap(({ line, target }) => {
    const { id } = target;
    const signs = signsOf(target);
    const twin = signs.map((sign) => known.get(sign)).find((found) => found && found.id !== id);
    if (twin) return [{ ...rowError(line, 'duplicate-office', sayTwin(twin), 'label'), id }];
    for (const sign of signs) known.set(sign, { id, where: `line ${line}` });
    return [];
  });
}

function sayTwin({ id, where }: { id: string; where: string }): string {
  return `This office is in ${where} as ${id}: give it that id, or another name.`;
}

/** Area, kind and name, in whatever language: letters and digits count, not their case or their width. */
function signsOf({ area_id, classification, label }: Target): string[] {
  return Object.values(label).map((name) => `${area_id} ${classification} ${toPlain(name)}`);
}

function toPlain(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
  return words || name;
}
