import type { Host } from '../infra/local/host.ts';
import { type ActionUse, nothing, type Use, useOfAction } from './action-use.ts';
import type { Chart } from './chart.ts';
import { fullBatch } from './counting.ts';
import type { Figure } from './figure.ts';
import { sum } from './meter.ts';
import prices from './prices.json' with { type: 'json' };
import type { CampaignRun } from './run-campaign.ts';
import type { Measured } from './section.ts';
import { functionOf } from './stack.ts';
import type { Units } from './units.ts';

const { perMillion, assumed } = prices;

/** USD a million, by what it is paid for. */
export type Bill = Record<string, number>;

/** USD per million confirmed actions, part by part, by what the run used. */
export function actionCost(host: Host, run: CampaignRun, units: Units): Measured {
  const priced = priceList(host);
  const { backend, mail } = useOfAction(host, run, units.counting.full);
  const [backendBill, mailBill] = [priced(backend), priced(mail)];
  return {
    figures: [
      ...backendFigures(backendBill),
      ...mailFigures(backendBill, mailBill),
      ...paceFigures(host, run, units),
      ...variantFigures({ backend, mail }, priced),
    ],
    charts: [costChart(backendBill)],
  };
}

/** What use costs at list price, per million. The functions all have the memory of the submitting one. */
export function priceList({ template, ...host }: Host): (use: Use) => Bill {
  const submit = functionOf({ template, ...host }, 'ActionsTakeSignature');
  const gigabytes = Number(template.resources.get(submit)?.properties['MemorySize']) / 1_024;
  const { http, reactor } = assumed.invocationSeconds;
  return (use) =>
    withoutZeros({
      'CloudFront requests': use.edgeRequests * perMillion.edgeRequest,
      'CloudFront data':
        use.edgeGigabytes * prices.edgeGigabyte + use.toOriginGigabytes * prices.toOriginGigabyte,
      'HTTP API': use.httpRequests * perMillion.httpRequest,
      'EventBridge and its archive':
        use.events * perMillion.event + use.eventGigabytes * prices.archiveGigabyte,
      SQS: use.queueRequests * perMillion.queueRequest,
      'DynamoDB writes': use.writes * perMillion.writeUnit,
      'DynamoDB reads': use.reads * perMillion.readUnit,
      'Lambda requests': (use.httpInvocations + use.reactorInvocations) * perMillion.invocation,
      'Lambda time':
        (use.httpInvocations * http + use.reactorInvocations * reactor) *
        gigabytes *
        1e6 *
        prices.lambdaGigabyteSecond,
      // Functions log what fails; what the platform says of each invocation is turned off (house-function.ts).
      'access log': use.logGigabytes * prices.logGigabyte,
      SES: use.mails * perMillion.mail,
    });
}

export function total(bill: Bill): number {
  return sum(Object.values(bill));
}

const dated = `at the list prices of ${prices.of} in bench/prices.json, with what is assumed there: ${assumed.invocationSeconds.http * 1e3} ms of Lambda an HTTP request, ${assumed.invocationSeconds.reactor * 1e3} ms a reaction, ${assumed.answerHeaderBytes} bytes of headers an answer`;

function backendFigures(bill: Bill): Figure[] {
  const how = `Requests, bytes of answers, invocations, capacity and events of a run on the stack, divided by the people in it, counted in batches of ${fullBatch}; ${dated}.`;
  const name = 'backend cost per million confirmed actions, CloudFront included, without mail';
  return [{ name, measured: total(bill), bound: 15, unit: ' USD', how }, ...partsOf('backend', bill, how)];
}

function mailFigures(backend: Bill, mail: Bill): Figure[] {
  const how = `What is there only to have confirmations mailed: the event ActionTaken and the relay that tells it, the mail room's queue, function and records, feedback on ${assumed.feedbackPerMail * 100} % of mails (assumed), and SES; priced in the same way.`;
  const own = total(mail) - (mail['SES'] ?? 0);
  return [
    { name: 'mail per million confirmed actions', measured: total(mail), unit: ' USD', how },
    ...partsOf('mail', mail, how),
    { name: 'backend and mail, without SES itself', measured: total(backend) + own, unit: ' USD', how },
    { name: 'backend and mail', measured: total(backend) + total(mail), unit: ' USD', how },
  ];
}

/** Counting costs less, the more there is to count. */
function paceFigures(host: Host, run: CampaignRun, { counting }: Units): Figure[] {
  const priced = priceList(host);
  const cost = (use: Use) => total(priced(use));
  const inRun = useOfAction(host, run, counting.inRun).backend;
  // One change of the action and one of the tally to relay, one event to count.
  const alone = {
    ...useOfAction(host, run, counting.alone).backend,
    reactorInvocations: 3,
    queueRequests: 3,
  };
  return [
    {
      name: 'the backend, counted in the batches of this run',
      measured: cost(inRun),
      unit: ' USD',
      how: 'The same, with what counting took in the run.',
    },
    {
      name: 'the backend, each event handled alone, as on a quiet day',
      measured: cost(alone),
      unit: ' USD',
      how: 'The same, with three reactions and three queue requests for each action, and what counting it alone takes.',
    },
  ];
}

function variantFigures({ backend, mail }: ActionUse, priced: (use: Use) => Bill): Figure[] {
  const direct = { ...backend, edgeRequests: 0, edgeGigabytes: 0, toOriginGigabytes: 0 };
  const outbox = { ...nothing, events: mail.events, eventGigabytes: mail.eventGigabytes };
  return [
    {
      name: 'the backend, deployed without CloudFront',
      measured: total(priced(direct)),
      unit: ' USD',
      how: "The same, without CloudFront's requests and data; API Gateway's data out to viewers is not in it.",
    },
    {
      name: "the backend, with ActionTaken's event counted as its own and not as mail's",
      measured: total(priced(backend)) + total(priced(outbox)),
      unit: ' USD',
      how: 'The same, for those who would tell the event though nobody were mailed.',
    },
  ];
}

export function partsOf(prefix: string, bill: Bill, how: string): Figure[] {
  return Object.entries(bill).map(([part, measured]) => ({
    name: `${prefix}: ${part}`,
    measured,
    unit: ' USD',
    how,
  }));
}

function costChart(bill: Bill): Chart {
  return {
    name: 'cost',
    title: 'A million confirmed actions without mail, by what is paid for (USD)',
    unit: ' USD',
    bars: Object.entries(bill)
      .map(([label, value]) => ({ label, value }))
      .sort((one, other) => other.value - one.value),
  };
}

function withoutZeros(bill: Bill): Bill {
  return Object.fromEntries(Object.entries(bill).filter(([, usd]) => usd > 0));
}
