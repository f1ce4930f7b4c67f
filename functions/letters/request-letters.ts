import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import type { Target } from '../campaigns/read.ts';
import { identifyLetter, type Letter } from './letter.ts';

type Milestone = CatalogueEvent<'MilestoneReached'>['detail'];

/** One letter for each target: all of them at a world milestone, a country's own at that country's. */
export function toLetters(milestone: Milestone, targets: Target[]): Letter[] {
  const { campaign, scope, threshold, figures } = milestone;
  const at = Date.parse(milestone.at);
  const occasion = { scope, threshold };
  return targets
    .filter(({ country }) => scope === 'world' || country === scope)
    .map(({ id, country }) => ({
      campaign,
      ...identifyLetter(campaign, id, occasion, at),
      version: at,
      state: 'requested' as const,
      target: id,
      country,
      occasion,
      figures,
      requestedAt: at,
      changedAt: at,
    }));
}
