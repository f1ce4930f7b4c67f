import { log } from '../../shared/aws/log.ts';
import { readAllCampaigns } from '../campaigns/read.ts';
import { dueRecounts } from './due-recounts.ts';
import { requestRecount } from './recount-store.ts';

/** Asks for the recounts of a night; one that was asked for by hand and has not ended is not asked for again. */
export const handler = async ({ time }: { time: string }): Promise<void> => {
  const now = Date.parse(time);
  const due = dueRecounts(await readAllCampaigns(now), now);
  for (const campaign of due) await requestRecount(campaign, now);
  log('info', 'recounts were requested', { count: due.length });
};
