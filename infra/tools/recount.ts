/**
 * `npm run recount -- --campaign SLUG [--url URL] [--token TOKEN]`: has a campaign recounted, locally or on AWS, and says
 * what it found. Ends with 0 when nothing differed, 1 when something did, set right or not, and 2 when it was called wrongly.
 */
import { readOptions, usageError } from '../../bench/tool.ts';
import type { PublicRecount } from '../../functions/tallies/recount.ts';
import { CallError, findDeployment, notReached } from './deployment.ts';
import { createProgressBar } from './progress-bar.ts';
import { followRecount, requestRecount } from './recount-client.ts';

const usage = 'Usage: npm run recount -- --campaign SLUG [--url http://localhost:4000] [--token TOKEN]';
const count = new Intl.NumberFormat('en');

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CallError) usageError(message);
  console.error(message);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { campaign, url, token } = readOptions({ campaign: text, url: text, token: text }, usage);
  if (!campaign) usageError(`Say which campaign is to be recounted.\n${usage}`);
  const deployment = await findDeployment({ url, token });
  const asked = await requestRecount(deployment, campaign).catch((error) =>
    notReached(error, deployment.origin),
  );
  const bar = createProgressBar(process.stderr);
  let last = asked;
  try {
    for await (last of followRecount(deployment, campaign, asked))
      bar.show(last.parts.done, last.parts.of, toText(last));
  } finally {
    bar.end();
  }
  console.log(toResult(last));
  return last.state === 'done' && differencesOf(last).length === 0 ? 0 : 1;
}

function toText({ state, rows }: PublicRecount): string {
  return state === 'requested' ? 'waiting to begin' : `${some(rows, 'action')} read`;
}

function toResult(recount: PublicRecount): string {
  const { campaign, state, reason, rows, hours, until } = recount;
  const found = differencesOf(recount).map((line) => `\n  ${line}`);
  if (state === 'failed') {
    const why =
      reason === 'out-of-time'
        ? 'there are more actions than one recount has time for'
        : 'an error that the log of its function tells';
    return `${campaign} could not be recounted: ${why}.${found.length > 0 ? '\nFound until then:' : ''}${found.join('')}`;
  }
  const compared = `${some(rows, 'action')} and ${some(hours, 'hour')} compared, up to ${until.slice(0, 16).replace('T', ' ')} UTC.`;
  const outcome =
    found.length === 0 ? 'Nothing differed.' : `This differed, and is set right:${found.join('')}`;
  return `${campaign}, with its chapters: ${compared}\n${outcome}`;
}

function differencesOf({ differences }: PublicRecount): string[] {
  const { events, hours, tallies, governments } = differences;
  return [
    ...(events > 0 ? [`${some(events, 'change')} of an action never counted`] : []),
    ...(hours > 0 ? [`${some(hours, 'hour')} not as the actions say`] : []),
    ...(tallies > 0 ? [`${some(tallies, 'tally', 'tallies')} not the sum of its hours`] : []),
    ...(governments > 0 ? [`${some(governments, 'government')} with a letter missing`] : []),
  ];
}

/** `1 hour`, `2 hours` */
function some(number: number, one: string, many = `${one}s`): string {
  return `${count.format(number)} ${number === 1 ? one : many}`;
}
