import { randomUUID } from 'node:crypto';
import type { BusEvent, Deliver, Properties, PutEvent, ServiceEndpoint } from '../contract.ts';
import { toJsonReply } from '../gateway/wire.ts';
import { ACCOUNT, REGION } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { toTargetInput } from './target-input.ts';

interface Rule {
  bus: string;
  matches: Matches;
  targets: Properties[];
}
export interface Bus {
  endpoint: ServiceEndpoint;
  putEvent: PutEvent;
  /** Events whose deliveries are not all on disk yet. */
  pending(): number;
}

/** EventBridge: the rules of declared buses and of `default`, their patterns and targets. */
export function createBus(template: Template, deliver: Deliver, shuffleAndRepeat: boolean): Bus {
  const rules = template.ofType('AWS::Events::Rule').flatMap(([, rule]) => toRule(rule));
  const buses = ['default', ...template.ofType('AWS::Events::EventBus').map(([id]) => template.nameOf(id))];
  let pending = 0;
  const publish = async (event: BusEvent, bus: string): Promise<void> => {
    pending += 1;
    try {
      for (const { matches, targets, bus: own } of rules)
        if (own === bus && matches(event)) for (const target of targets) await send(target, event);
    } finally {
      pending -= 1;
    }
  };
  const send = async (target: Properties, event: BusEvent): Promise<void> => {
    const payload = toTargetInput(target, event);
    if (!shuffleAndRepeat) return deliver(target['Arn'], payload);
    for (let time = 0; time < 2; time++) await deliver(target['Arn'], payload, Math.random());
  };
  /** Each entry succeeds or fails alone, with the reasons EventBridge gives. */
  const put = async ({ EventBusName, Source, DetailType, Detail, Resources = [] }: Properties) => {
    const bus = busName(EventBusName);
    const refuse = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
    if (!buses.includes(bus)) return refuse('ResourceNotFoundException', `There is no event bus ${bus}.`);
    if (!Source || !DetailType) return refuse('InvalidArgument', 'Source and DetailType are needed.');
    const detail = parseObject(Detail);
    if (!detail) return refuse('MalformedDetail', 'Detail is malformed.');
    const event = toEvent({ source: Source, 'detail-type': DetailType, detail, resources: Resources });
    const failed = await publish(event, bus).then(() => undefined, String);
    return failed === undefined ? { EventId: event.id } : refuse('InternalFailure', failed);
  };
  return {
    pending: () => pending,
    putEvent: (bus, event) => publish(toEvent(event), busName(bus)),
    endpoint: async ({ body }) => {
      const Entries = await Promise.all(JSON.parse(body.toString()).Entries.map(put));
      return toJsonReply({ FailedEntryCount: Entries.filter((entry) => entry.ErrorCode).length, Entries });
    },
  };
}

function toRule(rule: Properties): Rule[] {
  const { State, EventPattern, EventBusName, Targets = [] } = rule;
  if (State === 'DISABLED' || !EventPattern) return [];
  const sample = toEvent({ source: 'sample', 'detail-type': 'Sample', resources: [], detail: {} });
  // What a target does not define is found at the start, not at the first event.
  for (const target of Targets) toTargetInput(target, sample);
  return [{ bus: busName(EventBusName), matches: compilePattern(EventPattern), targets: Targets }];
}

function busName(nameOrArn = 'default'): string {
  return nameOrArn.replace(/^arn:.*event-bus\//, '');
}

function parseObject(text: unknown): object | undefined {
  try {
    const value = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Puts an event into EventBridge's envelope. */
export function toEvent(event: Parameters<PutEvent>[1]): BusEvent {
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  return { version: '0', id: randomUUID(), account: ACCOUNT, time, region: REGION, ...event };
}
