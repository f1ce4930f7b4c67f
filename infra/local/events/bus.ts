import { randomUUID } from 'node:crypto';
import type { BusEvent, PutEvent, Resource, ServiceEndpoint } from '../contract.ts';
import { type Queues, queueOf } from '../engines/queues.ts';
import type { AsyncInvoke } from '../functions/async-invoke.ts';
import { toJsonReply } from '../gateway/wire.ts';
import { ACCOUNT, REGION } from '../template/resource-types.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { toTargetInput } from './target-input.ts';

type Target = Resource['properties'];
interface Rule {
  bus: string;
  arn: string;
  matches: Matches;
  targets: Target[];
}
export interface Bus {
  endpoint: ServiceEndpoint;
  putEvent: PutEvent;
  /** Events whose deliveries are not all on disk yet. */
  pending(): number;
}
export interface BusOptions {
  template: LoadedTemplate;
  queues: Queues;
  invokeAsync: AsyncInvoke;
  /** For tests: each target gets every event twice, up to a second late and out of order. */
  shuffleAndRepeat?: boolean | undefined;
}

/** Hands a payload to a rule's or a schedule's target; resolves once it is on disk. */
export async function deliver(
  { queues, invokeAsync }: Pick<BusOptions, 'queues' | 'invokeAsync'>,
  arn: string,
  payload: string,
  delaySeconds = 0,
): Promise<void> {
  if (arn.split(':')[2] === 'lambda') await invokeAsync.send(arn, payload, delaySeconds);
  else await queues.send(queueOf(arn), payload, delaySeconds ? { delaySeconds } : {});
}

/** EventBridge: the rules of declared buses and of `default`, their patterns and targets. */
export function createBus(options: BusOptions): Bus {
  const { template, shuffleAndRepeat = false } = options;
  const rules = template.ofType('AWS::Events::Rule').flatMap(([id, rule]) => toRule(template, id, rule));
  const buses = ['default', ...template.ofType('AWS::Events::EventBus').map(([id]) => template.nameOf(id))];
  let pending = 0;
  const publish = async (event: BusEvent, bus: string): Promise<void> => {
    pending += 1;
    await publishToRules(event, bus).finally(() => {
      pending -= 1;
    });
  };
  const publishToRules = async (event: BusEvent, bus: string): Promise<void> => {
    const due = rules.filter((rule) => rule.bus === bus && rule.matches(event));
    const deliveries = due.flatMap(({ targets, arn }) =>
      targets.map((target) => ({ arn: target['Arn'], payload: toTargetInput(target, event, arn) })),
    );
    for (const { arn, payload } of shuffleAndRepeat ? [...deliveries, ...deliveries] : deliveries) {
      await deliver(options, arn, payload, shuffleAndRepeat ? Math.random() : 0);
    }
  };
  return {
    pending: () => pending,
    putEvent: (bus, event) => publish(toEvent(event), busName(bus)),
    endpoint: async ({ body }) => {
      const entries = JSON.parse(body.toString()).Entries.map((entry: Target) => put(entry, buses, publish));
      const results: object[] = await Promise.all(entries);
      const failed = results.filter((result) => 'ErrorCode' in result);
      return toJsonReply({ FailedEntryCount: failed.length, Entries: results });
    },
  };
}

function toRule(template: LoadedTemplate, id: string, rule: Resource['properties']): Rule[] {
  if (rule['State'] === 'DISABLED' || !rule['EventPattern']) return [];
  const matches = compilePattern(rule['EventPattern']);
  const bus = busName(rule['EventBusName'] ?? 'default');
  const arn = template.value(id, 'Arn');
  const targets: Target[] = rule['Targets'] ?? [];
  const sample = toEvent({ source: 'sample', 'detail-type': 'Sample', resources: [], detail: {} });
  for (const target of targets) toTargetInput(target, sample, arn);
  return [{ bus, arn, matches, targets }];
}

function busName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*event-bus\//, '');
}

/** Each entry succeeds or fails alone, with the reasons EventBridge gives. */
async function put(
  { EventBusName = 'default', Source, DetailType, Detail, Resources = [], Time }: Target,
  buses: string[],
  publish: (event: BusEvent, bus: string) => Promise<void>,
): Promise<object> {
  const bus = busName(EventBusName);
  const refuse = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  if (!buses.includes(bus)) return refuse('ResourceNotFoundException', `There is no event bus ${bus}.`);
  if (!Source || !DetailType) return refuse('InvalidArgument', 'Source and DetailType are needed.');
  const detail = parseObject(Detail);
  if (!detail) return refuse('MalformedDetail', 'Detail is malformed.');
  const event = toEvent({ source: Source, 'detail-type': DetailType, detail, resources: Resources }, Time);
  try {
    await publish(event, bus);
    return { EventId: event.id };
  } catch (error) {
    return refuse('InternalFailure', String(error));
  }
}

function parseObject(text: unknown): object | undefined {
  try {
    const value = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Puts an event into EventBridge's envelope. `time` is in seconds since 1970, as AWS JSON sends it; now, if not given. */
export function toEvent(event: Parameters<PutEvent>[1], time = Date.now() / 1000): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    account: ACCOUNT,
    time: `${new Date(time * 1000).toISOString().slice(0, 19)}Z`,
    region: REGION,
    ...event,
  };
}
