import { describe, expect, test } from 'vitest';
import { parseRegistry } from '../../functions/targets/parse-registry.ts';
import { planImport } from '../../functions/targets/plan-import.ts';
import type { Target } from '../../functions/targets/target.ts';
import { toJson } from '../../functions/targets/write-registry.ts';
import { aRow, aTable } from '../support/a-registry-file.ts';
import { aTarget } from '../support/a-target.ts';

const fileOf = (targets: Target[]) => parseRegistry(Buffer.from(toJson(targets)), 'json');
const plan = (file: Target[], registry: Target[], skipBad = false) =>
  planImport(fileOf(file), registry, skipBad);
const twins = ({ errors }: ReturnType<typeof plan>) => errors.map(({ id, code }) => [id, code]);

const kenya = aTarget();
const france = aTarget({ id: 'fr-health', area_id: 'FR' });

describe('importing', () => {
  test('adds what is new, changes what is other, and leaves the rest, in the file or not', () => {
    const renamed = aTarget({ label: { en: 'State Department of Health' } });
    const brazil = aTarget({ id: 'br-health', area_id: 'BR' });
    const outcome = plan([renamed, france, brazil], [france, kenya]);
    expect(outcome).toMatchObject({ refused: false, added: 1, changed: 1, unchanged: 1, skipped: 0 });
    expect(outcome.puts).toEqual([brazil, renamed]);
  });

  test('a second time has nothing to write, in whatever order the languages are', () => {
    const label = { fr: 'Ministère de la Santé', en: 'Ministry of Health' };
    expect(plan([aTarget({ label }), france], [france, kenya])).toMatchObject({ puts: [], unchanged: 2 });
  });

  test('a bad row refuses all of it; skipped, the others are imported', () => {
    const file = parseRegistry(Buffer.from(aTable([aRow(), aRow({ id: 'x', area_id: 'XX' })])), 'csv');
    expect(planImport(file, [], false)).toMatchObject({ refused: true, skipped: 1 });
    const skipping = planImport(file, [], true);
    expect(skipping).toMatchObject({ refused: false, added: 1, skipped: 1, errors: [{ line: 3 }] });
    expect(skipping.puts.map(({ id }) => id)).toEqual(['ke-health']);
  });

  test('a file at fault is refused, skipping or not', () => {
    const file = parseRegistry(Buffer.from(aTable([aRow({ telex: '1' })])), 'csv');
    expect(planImport(file, [], true)).toMatchObject({ refused: true, added: 1 });
  });

  test('more than the registry has room for is refused', () => {
    const registry = Array.from({ length: 9_999 }, (_, at) =>
      aTarget({ id: `o-${at}`, label: { en: `${at}` } }),
    );
    expect(plan([france], registry).refused).toBe(false);
    const full = plan([france, aTarget({ id: 'br-health', area_id: 'BR' })], registry, true);
    expect(full).toMatchObject({ refused: true, errors: [{ code: 'registry-full' }] });
  });
});

describe('an office is there already', () => {
  const again = (changes: Partial<Target>) => aTarget({ id: 'kenya-health', ...changes });

  test.each<[string, Partial<Target>]>([
    ['under another id', {}],
    ['with the same name in another language only', { label: { en: 'Health', sw: 'Ministère de la santé' } }],
    ['with the same name in capitals, other spaces and signs', { label: { en: 'MINISTRY  of-Health.' } }],
  ])('in the registry, or above in the file, %s', (_how, changes) => {
    for (const outcome of [plan([again(changes)], [kenya]), plan([kenya, again(changes)], [])]) {
      expect(outcome.refused).toBe(true);
      expect(twins(outcome)).toEqual([['kenya-health', 'duplicate-office']]);
    }
  });

  test.each<[string, Partial<Target>]>([
    ['of another country', { area_id: 'UG' }],
    ['of another kind', { classification: 'other' }],
    ['with another name', { label: { en: 'Ministry of Health Services' } }],
  ])('not if it is one %s', (_how, changes) => {
    expect(plan([kenya, again(changes)], [kenya])).toMatchObject({ refused: false, added: 1, errors: [] });
  });

  test('not if the other one is renamed in the same file', () => {
    const renamed = aTarget({ label: { en: 'Department of Health' } });
    expect(plan([again({}), renamed], [kenya])).toMatchObject({ refused: false, added: 1, changed: 1 });
  });

  test('but if renaming the other one is skipped for what is wrong with it, it is', () => {
    // The name that Kenya is to have is that of Uganda's office, so that Kenya keeps its own.
    const uganda = aTarget({ id: 'ug-health', area_id: 'KE', label: { en: 'Department of Health' } });
    const renamed = aTarget({ label: { en: 'Department of Health' } });
    const outcome = plan([again({}), renamed], [kenya, uganda], true);
    expect(outcome).toMatchObject({ refused: false, puts: [], skipped: 2 });
    expect(twins(outcome)).toEqual([
      ['kenya-health', 'duplicate-office'],
      ['ke-health', 'duplicate-office'],
    ]);
  });

  test('so that each of a chain of renamed offices keeps its name when the last one does, however long it is', () => {
    const named = (id: number, name: number) => aTarget({ id: `o-${id}`, label: { en: `Office ${name}` } });
    const registry = Array.from({ length: 5_000 }, (_, at) => named(at, at));
    // Each is to have the name of the next one, and the last one that of an office which is not in the file.
    const file = registry.slice(0, -1).map((_, at) => named(at, at + 1));
    const outcome = plan(file, registry, true);
    expect(outcome).toMatchObject({ refused: false, puts: [], skipped: 4_999 });
    expect(outcome.errors[0]).toMatchObject({ id: 'o-0', message: expect.stringContaining('as o-1:') });
    expect(plan(file.slice(0, -1), registry.slice(0, -2), true)).toMatchObject({ changed: 4_998 });
  });
});
