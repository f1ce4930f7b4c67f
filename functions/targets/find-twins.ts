import type { Located } from './parse-registry.ts';
import { type RowError, rowError } from './row-error.ts';
import type { Target } from './target.ts';

/** An office that goes by a sign; it is in the registry if it is not in the file. */
interface Known {
  id: string;
  inFile?: Located;
}

/**
 * Offices that are there already under another id, above in the file or in the registry: of the same area, of the same
 * kind and with the same name in some language. One of these stays in the registry as it was, if it is there, where it may
 * in turn be the twin of another.
 */
export function findTwins(offices: Located[], registry: Target[]): RowError[] {
  const known = knowOthers(offices, registry);
  const twins = new Map<string, RowError>();
  for (const inFile of offices) {
    const { id } = inFile.target;
    const signs = signsOf(inFile.target);
    const twin = signs.map((sign) => known.get(sign)).find((found) => found && found.id !== id);
    if (twin) twins.set(id, toError(inFile, twin));
    else for (const sign of signs) known.set(sign, { id, inFile });
  }
  const before = new Map(registry.map((target) => [target.id, target]));
  // Those that are found here come to their turn in this loop, too.
  for (const id of twins.keys())
    for (const sign of signsOf(before.get(id))) {
      const { inFile } = known.get(sign) ?? {};
      if (inFile && !twins.has(inFile.target.id)) twins.set(inFile.target.id, toError(inFile, { id }));
    }
  return [...twins.values()];
}

/** The offices of the registry that stay as they are, for the file has none of them. */
function knowOthers(offices: Located[], registry: Target[]): Map<string, Known> {
  const ids = new Set(offices.map(({ target }) => target.id));
  const others = registry.filter(({ id }) => !ids.has(id));
  return new Map(others.flatMap((target) => signsOf(target).map((sign) => [sign, { id: target.id }])));
}

function toError({ line, target }: Located, { id, inFile }: Known): RowError {
  const where = inFile ? `line ${inFile.line}` : 'the registry';
  const message = `This office is in ${where} as ${id}: give it that id, or another name.`;
  return { ...rowError(line, 'duplicate-office', message, 'label'), id: target.id };
}

/** Area, kind and name, in whatever language: letters and digits count, not their case or their width. */
function signsOf(target: Target | undefined): string[] {
  if (!target) return [];
  const { area_id, classification, label } = target;
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
