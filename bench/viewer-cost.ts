import { gzipSync } from 'node:zlib';
import type { Host } from '../infra/local/host.ts';
import { logLineBytes, nothing, type Use } from './action-use.ts';
import { partsOf, priceList, total } from './cost.ts';
import type { Figure } from './figure.ts';
import prices from './prices.json' with { type: 'json' };
import { slug } from './run-campaign.ts';
import { nodes, readTally } from './viewer-figures.ts';
import { mostReads, toFreshness } from './viewers.ts';

const { assumed } = prices;

/** What viewers cost: each opens the campaign's page with nothing kept in the browser, and watches the tally for a minute. */
export async function viewerCost(host: Host): Promise<Figure[]> {
  const { pollAfter, cacheControl } = await readTally(host.url, slug);
  const priced = priceList(host);
  const looks = Math.round(60 / pollAfter);
  const page = await answersOf(host.url);
  const tally = await answerOf(`${host.url}/v1/campaigns/${slug}/tally`);
  const [opening = {}, watching = {}] = [page, new Array<Answer>(looks).fill(tally)].map((answers) =>
    priced(useOf(host, answers)),
  );
  const reads = mostReads(toFreshness(cacheControl), nodes) * 60;
  const how = `${page.length} requests for the page and what it loads, then ${looks} looks at the tally, each of which finds a new one; bytes of the real answers, compressed where CloudFront keeps them; what it keeps costs the origin nothing for one viewer more.`;
  return [
    {
      name: 'a million viewers, who open the page and watch for one minute',
      measured: total(opening) + total(watching),
      unit: ' USD',
      how,
    },
    ...partsOf('opening the page', opening, how),
    ...partsOf('watching', watching, how),
    {
      name: 'the origin, for an hour in which one tally is watched by any number',
      measured: total(priced({ ...nothing, ...callsOf(host, reads), reads })) / 1e6,
      unit: ' USD',
      how: `${reads.toLocaleString('en')} reads of the tally, the most that ${nodes} caches ask for in an hour, with the function, a read unit and the log line of each.`,
    },
  ];
}

interface Answer {
  bytes: number;
  /** Whether CloudFront may keep it. */
  kept: boolean;
  body: string;
}

/** The page, and what its browser loads with it. */
async function answersOf(url: string): Promise<Answer[]> {
  const page = await answerOf(`${url}/c/${slug}`);
  const addresses = [
    ...page.body.matchAll(/<(?:link|script)\b[^>]*?(?:href|src)="(\/[^"]+\.(?:css|svg|js))"/g),
  ];
  if (addresses.length === 0) throw new Error('The page loads nothing: has its markup changed?');
  const files = [...new Set(addresses.map(([, address]) => `${url}${address}`))];
  return [page, ...(await Promise.all(files.map(answerOf)))];
}

async function answerOf(address: string): Promise<Answer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const body = await response.text();
  const kept = /public/.test(response.headers.get('cache-control') ?? '');
  return { body, kept, bytes: kept ? gzipSync(body).length : Buffer.byteLength(body) };
}

function useOf(host: Host, answers: Answer[]): Use {
  const bytes = answers.reduce((sum, answer) => sum + answer.bytes + assumed.answerHeaderBytes, 0);
  const asked = answers.filter(({ kept }) => !kept).length;
  return {
    ...nothing,
    edgeRequests: answers.length,
    edgeGigabytes: bytes * 1e-3,
    ...callsOf(host, asked),
  };
}

/** Requests that reach a function. */
function callsOf(host: Host, count: number) {
  return {
    httpRequests: count,
    httpInvocations: count,
    logGigabytes: count * logLineBytes(host) * 1e-3,
  };
}
