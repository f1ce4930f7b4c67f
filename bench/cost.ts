import type { Host } from '../infra/local/host.ts';
import type { Figure } from './figure.ts';
import { invocationsOf, notOf, readUnits, startsWith, sum, type Used, writeUnits } from './meter.ts';
import prices from './prices.json' with { type: 'json' };
import type { CampaignRun } from './run-campaign.ts';

const { perMillion, assumed } = prices;
/** Mail is left out: the room's functions, records and queue; SES itself is a hundred times a part of all this. */
const counted = notOf(startsWith('Mail'));
/** The submission, the page of the link, its button, the page after it. */
const requests = 4;

/** USD per million confirmed actions, part by part. CloudFront is not part of the stack yet. */
export function actionCost(host: Host, run: CampaignRun, unitsAlone: number): Figure[] {
  const per = (measure: (used: Used) => number) =>
    measure(run.submitting) / run.submitted + measure(run.confirming) / run.confirmed;
  const isReactor = reactorsOf(host);
  const http = per((used) => invocationsOf(used, (id) => counted(id) && !isReactor(id)));
  const reactor = per((used) => invocationsOf(used, (id) => counted(id) && isReactor(id)));
  const bytes = sum(run.events.map(({ body }) => body.length)) / run.events.length;
  const fixed = {
    'HTTP API': requests * perMillion.httpRequest,
    EventBridge: 2 * perMillion.event + 2 * bytes * 1e-3 * prices.archiveGigabyte,
    'queue of the tallies': assumed.queueRequestsPerMessage * perMillion.queueRequest,
    'DynamoDB reads': per((used) => readUnits(used, counted)) * perMillion.readUnit,
  };
  const writes = per((used) => writeUnits(used, counted));
  const parts = {
    ...fixed,
    'DynamoDB writes': writes * perMillion.writeUnit,
    ...functionsCost(http, reactor),
  };
  // Two changes of the action and one of the tally for the relay, one event to count.
  const alone = { ...fixed, writes: unitsAlone * perMillion.writeUnit, ...functionsCost(http, 4) };
  return [
    {
      name: 'backend cost per million confirmed actions, without mail and CloudFront',
      measured: sum(Object.values(parts)),
      bound: 15,
      unit: ' USD',
    },
    ...Object.entries(parts).map(([name, measured]) => ({ name: `of it: ${name}`, measured, unit: ' USD' })),
    { name: 'the same with every event handled alone', measured: sum(Object.values(alone)), unit: ' USD' },
  ];
}

function functionsCost(http: number, reactor: number) {
  const { invocationSeconds: seconds, logBytesPerInvocation } = assumed;
  const gigabyteSeconds = (http * seconds.http + reactor * seconds.reactor) * 0.5;
  return {
    'Lambda, HTTP': http * perMillion.invocation,
    'Lambda, reactors': reactor * perMillion.invocation,
    'Lambda, time': gigabyteSeconds * 1e6 * prices.lambdaGigabyteSecond,
    'logs of the runtime': (http + reactor) * logBytesPerInvocation * 1e-3 * prices.logGigabyte,
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
