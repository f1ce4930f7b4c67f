import type { Host } from '../infra/local/host.ts';
import type { Figure } from './figure.ts';
import { invocationsOf, notOf, readUnits, startsWith, sum, type Used, writeUnits } from './meter.ts';
import prices from './prices.json' with { type: 'json' };
import type { CampaignRun } from './run-campaign.ts';
import { functionOf } from './stack.ts';

const { perMillion, assumed } = prices;
/** Mail is left out: its room's functions, records and queue (0.2 to 3 USD), and SES itself (100 USD). */
const counted = notOf(startsWith('Mail'));
const counter = startsWith('TalliesCount');
/** The submission, the page of the link, its button, the page after it. */
const requests = 4;

/** USD per million confirmed actions, part by part, by what a run used. CloudFront is not part of the stack yet. */
export function actionCost(host: Host, run: CampaignRun, unitsAlone: number): Figure[] {
  const inRun = quantitiesOf(host, run);
  // Two changes of the action and one of the tally to relay, one event to count.
  const alone = { ...inRun, writes: unitsAlone, reactors: 4, queueRequests: 3 };
  const name = 'backend cost per million confirmed actions, without mail and CloudFront';
  const parts = partsOf(inRun);
  return [
    { name, measured: sum(Object.values(parts)), bound: 15, unit: ' USD' },
    ...Object.entries(parts).map(([part, measured]) => ({ name: `of it: ${part}`, measured, unit: ' USD' })),
    {
      name: 'the same with every event handled alone',
      measured: sum(Object.values(partsOf(alone))),
      unit: ' USD',
    },
  ];
}

/** What one confirmed action takes. */
interface Quantities {
  writes: number;
  reads: number;
  http: number;
  reactors: number;
  queueRequests: number;
  eventBytes: number;
  gigabytes: number;
}

function quantitiesOf(host: Host, run: CampaignRun): Quantities {
  const per = (measure: (used: Used) => number) =>
    measure(run.submitting) / run.submitted + measure(run.confirming) / run.confirmed;
  const isReactor = reactorsOf(host);
  const batch = run.confirmed / invocationsOf(run.confirming, counter);
  const submit = host.template.resources.get(functionOf(host, 'ActionsTakeSignature'))?.properties;
  return {
    writes: per((used) => writeUnits(used, counted)),
    reads: per((used) => readUnits(used, counted)),
    http: per((used) => invocationsOf(used, (id) => counted(id) && !isReactor(id))),
    reactors: per((used) => invocationsOf(used, (id) => counted(id) && isReactor(id))),
    // Each message is sent alone; up to ten are received and removed at a time.
    queueRequests: 1 + 2 / Math.min(batch, assumed.messagesPerQueueRequest),
    eventBytes: (2 * sum(run.events.map(({ body }) => body.length))) / run.events.length,
    gigabytes: Number(submit?.['MemorySize']) / 1_024,
  };
}

/** An action makes two events: taken and confirmed. */
function partsOf(used: Quantities): Record<string, number> {
  const invocations = used.http + used.reactors;
  const { http, reactor } = assumed.invocationSeconds;
  const seconds = used.http * http + used.reactors * reactor;
  return {
    'HTTP API': requests * perMillion.httpRequest,
    'EventBridge and its archive': 2 * perMillion.event + used.eventBytes * 1e-3 * prices.archiveGigabyte,
    'queue of the tallies': used.queueRequests * perMillion.queueRequest,
    'DynamoDB writes': used.writes * perMillion.writeUnit,
    'DynamoDB reads': used.reads * perMillion.readUnit,
    'Lambda requests': invocations * perMillion.invocation,
    'Lambda time (assumed 15 ms, reactors 30 ms)':
      seconds * used.gigabytes * 1e6 * prices.lambdaGigabyteSecond,
    // Functions log what fails; what the platform says of each invocation is turned off (house-function.ts).
    'access log (assumed 250 bytes a request)':
      requests * assumed.logBytesPerRequest * 1e-3 * prices.logGigabyte,
  };
}

/** Functions that a queue, a stream or a rule calls. */
function reactorsOf({ template }: Host): (id: string) => boolean {
  const fed = template.ofType('AWS::Lambda::EventSourceMapping').map(([, { FunctionName }]) => FunctionName);
  const targets = template.ofType('AWS::Events::Rule').flatMap(([, { Targets }]) => Targets ?? []);
  const called = targets.map(({ Arn }) => String(Arn)).filter((arn) => arn.split(':')[2] === 'lambda');
  const ids = new Set([...fed, ...called].map((reference) => template.functionId(reference)));
  return (id) => ids.has(id);
}
