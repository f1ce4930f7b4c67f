import type { Host } from '../infra/local/host.ts';
import { type Figure, progress } from './figure.ts';
import { everyone, meter, roundTrips, startsWith, writeUnits } from './meter.ts';
import type { CampaignRun } from './run-campaign.ts';
import { functionOf, type Heard } from './stack.ts';

/** Events of one transaction at most: see functions/tallies/batch-changes.ts. */
const fullBatch = 97;
const submitters = startsWith('ActionsTake');
const mail = startsWith('Mail');
const counter = startsWith('TalliesCount');

/** Write units, round trips, events and mails per action. */
export async function unitFigures(
  host: Host,
  run: CampaignRun,
): Promise<{ figures: Figure[]; alone: number }> {
  const { submitting, submitted, confirming, confirmed, events } = run;
  const perAction = (whose: (id: string) => boolean) =>
    writeUnits(submitting, whose) / submitted + writeUnits(confirming, whose) / confirmed;
  progress('counting in full batches, and one by one');
  const toCount = events.filter(({ event }) => event.name === 'ActionConfirmed');
  if (toCount.length < 2 * fullBatch) throw new Error(`Only ${toCount.length} confirmations were announced.`);
  const full = await countingUnits(host, toCount.slice(0, 2 * fullBatch), fullBatch);
  const alone = await countingUnits(host, toCount.slice(0, 10), 1);
  const written = perAction((id) => !mail(id) && !counter(id));
  const figures = [
    {
      name: 'write units per submission',
      measured: writeUnits(submitting, submitters) / submitted,
      bound: 1,
    },
    {
      name: 'write units per confirmed action, counted at batches of 97',
      measured: written + full,
      bound: 4.3,
    },
    { name: "the same with mail's own records", measured: written + full + perAction(mail), bound: 6.3 },
    { name: 'the same, counted in the batches of this run', measured: perAction(everyone) },
    { name: 'the same, each counted alone', measured: written + alone + perAction(mail) },
    {
      name: 'round trips to the database per submission, warm',
      measured: roundTrips(submitting, submitters) / submitted,
      bound: 1,
    },
    { name: 'events per state change', measured: events.length / (submitted + confirmed), bound: 1 },
    { name: 'mails per confirmed action', measured: run.mails / submitted, bound: 1 },
  ];
  return { figures, alone: written + alone };
}

/** Hands the counting function real events as for another campaign; write units per event. */
async function countingUnits(host: Host, heard: Heard[], batchSize: number): Promise<number> {
  const used = await meter(host, async () => {
    for (let at = 0; at < heard.length; at += batchSize) {
      const Records = heard.slice(at, at + batchSize).map(({ body, event }) => ({
        messageId: event.detail.id,
        body: forCampaign(`bench-${batchSize}`, body),
      }));
      const answer = await host.invoke(functionOf(host, 'TalliesCount'), { Records });
      if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') throw new Error(JSON.stringify(answer));
    }
  });
  return writeUnits(used, counter) / heard.length;
}

function forCampaign(campaign: string, body: string): string {
  const event = JSON.parse(body);
  const after = { ...event.detail.after, campaign, root: campaign };
  return JSON.stringify({ ...event, detail: { ...event.detail, after } });
}
