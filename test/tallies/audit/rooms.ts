import { pointSdkTo } from '../../support/a-database.ts';
import { noteFailures, simulateProcesses } from './process.ts';

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** The functions that take part, as processes of whichever history they are called in. */
export async function openRooms() {
  pointSdkTo('http://127.0.0.1', {
    ACTIONS_TABLE: 'Actions',
    TALLIES_TABLE: 'Tallies',
    CAMPAIGNS_TABLE: 'Campaigns',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example',
  });
  const actions = await import('../../../functions/actions/action-store.ts');
  const { verifyAction } = await import('../../../functions/actions/verify-store.ts');
  const { actionNews } = await import('../../../functions/actions/read.ts');
  const { tallyNews } = await import('../../../functions/tallies/read.ts');
  const { handler: countChanges } = await import('../../../functions/tallies/count-changes.event.ts');
  const { dynamo } = await import('../../../shared/aws/dynamo.ts');
  noteFailures();
  await simulateProcesses(dynamo);
  return { store: { ...actions, verifyAction }, actionNews, tallyNews, countChanges };
}
