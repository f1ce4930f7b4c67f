import { describe, expect, test } from 'vitest';
import { selectTargets } from '../../functions/targets/select-targets.ts';
import { TargetSelection } from '../../shared/kernel/target-selection.ts';
import { aTarget } from '../support/a-target.ts';

const registry = [
  aTarget({ id: 'eu-body', area_id: 'EU', classification: 'regional-body' }),
  aTarget({ id: 'fr-health', area_id: 'FR' }),
  aTarget({ id: 'ke-finance', classification: 'finance-ministry' }),
  aTarget({ id: 'ke-health' }),
  aTarget({ id: 'mx-health', area_id: 'MX' }),
];

const idsOf = (selection: object) =>
  selectTargets(TargetSelection.parse(selection), registry).map(({ id }) => id);

describe('a selection of targets', () => {
  test('takes all of a kind', () => {
    expect(idsOf({ rules: [{ classification: 'health-ministry' }] })).toEqual([
      'fr-health',
      'ke-health',
      'mx-health',
    ]);
  });

  test('takes those of countries and bodies', () => {
    expect(idsOf({ rules: [{ areas: ['KE', 'EU'] }] })).toEqual(['eu-body', 'ke-finance', 'ke-health']);
  });

  test('takes those of all countries of a region', () => {
    expect(idsOf({ rules: [{ regions: ['202'] }] })).toEqual(['ke-finance', 'ke-health']);
    expect(idsOf({ rules: [{ regions: ['001'] }] })).not.toContain('eu-body');
  });

  test('takes what fits all parts of one rule, and what fits any rule', () => {
    const health = { classification: 'health-ministry' };
    expect(idsOf({ rules: [{ ...health, regions: ['002'] }] })).toEqual(['ke-health']);
    expect(idsOf({ rules: [{ ...health, areas: ['KE'], regions: ['150'] }] })).toEqual([]);
    expect(idsOf({ rules: [{ ...health, regions: ['002'] }, { areas: ['MX'] }] })).toEqual([
      'ke-health',
      'mx-health',
    ]);
  });

  test('takes those named by hand, once each, whatever the rules say, and never an exception', () => {
    const rules = [{ classification: 'health-ministry' }];
    expect(idsOf({ rules, ids: ['ke-finance', 'ke-health'], except: ['mx-health'] })).toEqual([
      'fr-health',
      'ke-finance',
      'ke-health',
    ]);
    expect(idsOf({ ids: ['ke-health', 'unknown'], except: ['ke-health'] })).toEqual([]);
  });

  test('takes nobody when it says nothing, and everybody by a rule without parts', () => {
    expect(idsOf({})).toEqual([]);
    expect(idsOf({ rules: [{}] })).toHaveLength(registry.length);
  });

  test.each([
    { rules: [{ regions: ['KE'] }] },
    { rules: [{ areas: ['XX'] }] },
    { rules: [{ classification: 'ministry' }] },
    { rules: [{ country: 'KE' }] },
    { ids: ['KE health'] },
  ])('is refused when there is no such thing: %j', (selection) => {
    expect(TargetSelection.safeParse(selection).success).toBe(false);
  });
});
