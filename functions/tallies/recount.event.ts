import { log } from '../../shared/aws/log.ts';
import { directReactor } from '../../shared/events/reactor.ts';
import type { Recount } from './recount.ts';
import { recountCampaign } from './recount-campaign.ts';
import { pause } from './recount-patience.ts';
import { OutOfTime, Overtaken, RecountProgress } from './recount-progress.ts';
import { beginRecount, getRecount } from './recount-store.ts';

export const handler = directReactor(['RecountRequested'], async ({ detail }) => {
  const recount = await takeOn(detail.campaign);
  if (recount) await tryRecount(new RecountProgress(recount));
});

/**
 * Begins what was asked for last, by whichever event it is told. While another is at it, waits to see it end: that one may
 * have crashed. Undefined when there is nothing left to do.
 */
async function takeOn(campaign: string): Promise<Recount | undefined> {
  for (;;) {
    const asked = await getRecount(campaign);
    if (!asked || asked.state === 'done') return undefined;
    const begun = await beginRecount(asked, Date.now());
    if (begun) return begun;
    await pause(1_000);
  }
}

/** What fails is tried again, but for a recount that had too little time: it would have too little again. */
async function tryRecount(progress: RecountProgress): Promise<void> {
  try {
    await recountCampaign(progress);
    await progress.end('done');
  } catch (error) {
    if (error instanceof Overtaken) return;
    log('error', 'a recount failed', { campaign: progress.recount.campaign, error });
    await progress.end('failed', error instanceof OutOfTime ? 'out-of-time' : 'error');
    if (!(error instanceof OutOfTime)) throw error;
  }
}
