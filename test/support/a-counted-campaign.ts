import { marshall } from '@aws-sdk/util-dynamodb';
import { type Counts as Counted, partitionKey } from '../../functions/actions/action.ts';
import { type ChangeKind, countEvents, historyKey } from '../../functions/actions/count-history.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { aCampaign, hour, noon } from './a-campaign.ts';
import type { Database } from './a-database.ts';
import { aTallyKey } from './a-tally-key.ts';

/** A step in the life of an action: when it changed, how, and what it counts by from then on (null: by nothing). */
export interface Step {
  at: number;
  kind: ChangeKind;
  counts: Partial<Counted> | null;
}

/** Tables as the counting and the recount know them, over the real engine. */
export async function createTallyTables(database: Database): Promise<Record<string, string>> {
  await database.createTable('Tallies', ['pk', 'sk'], { stream: true });
  await database.createTable('Actions', ['pk', 'sk']);
  await database.createTable('Campaigns', ['pk', 'sk']);
  await database.createTable('Letters', ['campaign', 'letter']);
  const rooms = ['Tallies', 'Actions', 'Campaigns', 'Letters'];
  const tables = rooms.map((name) => [`${name.toUpperCase()}_TABLE`, name]);
  // Asked for by what is not called here; in a bundle it is left out.
  return { ...Object.fromEntries(tables), SITE_URL: 'https://groundswell.example.org' };
}

let campaigns = 0;
let actions = 0;

/** Few of the partitions in which actions lie, so that reading all of them is quick. */
export const fewPartitions = [0, 37, 255];

/** A root campaign of its own, with a chapter. Putting an action does not count it: its events do, once they are delivered. */
export async function aCountedCampaign(
  database: Database,
  milestones: Campaign['milestones'] = { world: [1_000], country: [500] },
) {
  campaigns += 1;
  const [root, chapter] = [`root-${campaigns}`, `chapter-${campaigns}`];
  for (const changes of [{ slug: root }, { slug: chapter, partOf: root }]) {
    const campaign = aCampaign({ ...changes, milestones });
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  }
  return {
    root,
    chapter,
    setMilestones: (others: Campaign['milestones']) =>
      database.put('Campaigns', {
        ...{ pk: 'campaign', sk: root },
        ...aCampaign({ slug: root, milestones: others }),
      }),
    /** Puts an action that went through these steps; answers the events that tell of them. */
    act: async (steps: Step[], kind: ActionKind = 'signature'): Promise<CatalogueEvent[]> => {
      const action = toAction(root, kind, steps);
      await database.put('Actions', action);
      return countEvents(action);
    },
  };
}

/** Adds to an item of a campaign in the Tallies table, past all counting. */
export async function addTo(
  database: Database,
  campaign: string,
  sk: string,
  counters: Record<string, bigint>,
): Promise<void> {
  const all = Object.entries(counters);
  for (let at = 0; at < all.length; at += 200) {
    const some = all.slice(at, at + 200);
    const values = some.map(([, value], place) => [`:c${place}`, value]);
    await database.call('UpdateItem', {
      TableName: 'Tallies',
      Key: marshall(aTallyKey(campaign, sk)),
      UpdateExpression: `ADD ${some.map((_, place) => `#c${place} :c${place}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(some.map(([name], place) => [`#c${place}`, name])),
      ExpressionAttributeValues: marshall(Object.fromEntries(values)),
    });
  }
}

/** Confirmed so many hours before noon, and counting by this. */
export function confirmed(hoursAgo: number, counts: Partial<Counted> = {}): Step {
  return { at: noon - hoursAgo * hour, kind: 'confirmed', counts };
}

/** A stored action: what is not known of its counting is left out. */
function toAction(root: string, kind: ActionKind, steps: Step[]) {
  actions += 1;
  const keys = steps.map((step) => historyKey(step.at, step.kind));
  const counted = steps.map(({ counts }) => counts && { campaign: root, country: 'KE', ...counts });
  return {
    pk: partitionKey(root, kind, fewPartitions[actions % fewPartitions.length] ?? 0),
    sk: `hash-${actions}`,
    state: 'confirmed',
    history: Object.fromEntries(keys.map((key, at) => [key, counted[at] ?? null])),
    historyVersions: Object.fromEntries(keys.map((key, at) => [key, at + 2])),
  };
}
