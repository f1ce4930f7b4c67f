import type { Host } from '../infra/local/host.ts';
import type { Counting } from './counting.ts';
import { invocationsOf, notOf, readUnits, startsWith, sum, type Used, writeUnits } from './meter.ts';
import prices from './prices.json' with { type: 'json' };
import type { CampaignRun, Observed } from './run-campaign.ts';
import type { Heard } from './stack.ts';

const { assumed } = prices;

/** What something takes of what is paid for, for one action. */
export interface Use {
  edgeRequests: number;
  /** Gigabytes of a million answers and of a million posts. */
  edgeGigabytes: number;
  toOriginGigabytes: number;
  httpRequests: number;
  /** Gigabytes of a million actions' log lines. */
  logGigabytes: number;
  httpInvocations: number;
  reactorInvocations: number;
  events: number;
  /** Gigabytes of a million actions' events. */
  eventGigabytes: number;
  queueRequests: number;
  writes: number;
  reads: number;
  mails: number;
}

/** What the bill would not have if nobody were mailed, apart from the rest. */
export interface ActionUse {
  backend: Use;
  mail: Use;
}

const isMail = startsWith('Mail');
const isRelay = startsWith('Outbox');
/** Neither mail's nor counting, which is priced at batches of different sizes. */
const isOwn = notOf(startsWith('Mail', 'TalliesCount'));

/**
 * Of an action that is submitted and confirmed. Mail's part is its own room, and all that a submission sets off: nothing
 * but mail hears of `ActionTaken`, so its event and the relay that tells it are there for the sake of mail.
 */
export function useOfAction(host: Host, run: CampaignRun, counting: Counting): ActionUse {
  const { submission, confirmation } = run;
  const isReactor = reactorsOf(host);
  const answersHttp = (id: string) => isOwn(id) && !isReactor(id);
  const per = (measure: (used: Used) => number, ...phases: Observed[]) =>
    sum(phases.map(({ used, people }) => measure(used) / people));
  const both = [submission, confirmation];
  const [taken, confirmed] = both.map(({ events }) => events);
  return {
    backend: {
      ...trafficOf(host, both),
      httpInvocations: per((used) => invocationsOf(used, answersHttp), ...both),
      reactorInvocations: per((used) => invocationsOf(used, isRelay), confirmation) + counting.invocations,
      ...eventsOf(confirmed, confirmation.people),
      queueRequests: queueRequests(counting.invocations),
      writes: per((used) => writeUnits(used, isOwn), ...both) + counting.writes,
      reads: per((used) => readUnits(used, isOwn), ...both) + counting.reads,
      mails: 0,
    },
    mail: {
      ...nothing,
      reactorInvocations:
        per((used) => invocationsOf(used, isMail), ...both) +
        per((used) => invocationsOf(used, isRelay), submission) +
        assumed.feedbackPerMail,
      ...eventsOf(taken, submission.people),
      queueRequests: queueRequests(per((used) => invocationsOf(used, startsWith('MailSend')), submission)),
      writes: per((used) => writeUnits(used, isMail), ...both) + assumed.feedbackPerMail,
      reads: per((used) => readUnits(used, isMail), ...both),
      mails: submission.mails / submission.people,
    },
  };
}

export const nothing: Use = {
  edgeRequests: 0,
  edgeGigabytes: 0,
  toOriginGigabytes: 0,
  httpRequests: 0,
  logGigabytes: 0,
  httpInvocations: 0,
  reactorInvocations: 0,
  events: 0,
  eventGigabytes: 0,
  queueRequests: 0,
  writes: 0,
  reads: 0,
  mails: 0,
};

/** None of these requests is answered by a cache: they are posts, and pages of somebody's own. */
function trafficOf(host: Host, phases: Observed[]) {
  const per = (key: 'requests' | 'posts' | 'bytes') =>
    sum(phases.map(({ traffic, people }) => traffic[key] / people));
  return {
    edgeRequests: per('requests'),
    httpRequests: per('requests'),
    logGigabytes: per('requests') * logLineBytes(host) * 1e-3,
    edgeGigabytes: (per('bytes') + per('requests') * assumed.answerHeaderBytes) * 1e-3,
    toOriginGigabytes: per('posts') * assumed.postBytes * 1e-3,
  };
}

/** Values of API Gateway's variables as long as they get, but for an integration that fails. */
const logged: Record<string, number> = {
  requestId: 16,
  status: 3,
  responseLatency: 4,
  integrationErrorMessage: 1,
};

/** Bytes of a line of the access log, as the template has it, for the longest of its routes. */
export function logLineBytes({ template }: Host): number {
  const [, stage] = template.ofType('AWS::ApiGatewayV2::Stage')[0] ?? [];
  const format = String(stage?.['AccessLogSettings'].Format);
  const routes = template
    .ofType('AWS::ApiGatewayV2::Route')
    .map(([, { RouteKey }]) => String(RouteKey).length);
  const line = format.replace(/\$context\.(\w+)/g, (_, name: string) => {
    const length = name === 'routeKey' ? Math.max(...routes) : logged[name];
    if (length === undefined) throw new Error(`How long is ${name}? Say so in bench/action-use.ts.`);
    return ' '.repeat(length);
  });
  return line.length + assumed.logEventBytes;
}

function eventsOf(events: Heard[] = [], people: number) {
  return {
    events: events.length / people,
    eventGigabytes: (sum(events.map(({ body }) => body.length)) / people) * 1e-3,
  };
}

/** Each message is sent alone; up to ten are received and removed at a time. */
function queueRequests(invocationsPerMessage: number): number {
  return 1 + 2 * Math.max(invocationsPerMessage, 1 / assumed.messagesPerQueueRequest);
}

/** Functions that a queue, a stream or a rule calls. */
function reactorsOf({ template }: Host): (id: string) => boolean {
  const fed = template.ofType('AWS::Lambda::EventSourceMapping').map(([, { FunctionName }]) => FunctionName);
  const targets = template.ofType('AWS::Events::Rule').flatMap(([, { Targets }]) => Targets ?? []);
  const called = targets.map(({ Arn }) => String(Arn)).filter((arn) => arn.split(':')[2] === 'lambda');
  const ids = new Set([...fed, ...called].map((reference) => template.functionId(reference)));
  return (id) => ids.has(id);
}
