import type { Deliver, Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { toEvent } from './bus.ts';
import { toTargetInput } from './target-input.ts';

export interface Schedules {
  /** Fires one schedule now, by the logical id of its rule or schedule. */
  fire(id: string): Promise<void>;
  stop(): void;
}
interface Schedule {
  id: string;
  isDue: (minute: Date) => boolean;
  fire(): Promise<void>;
}

/** Runs scheduled rules and EventBridge Scheduler's schedules, in UTC, on the minute. */
export function startSchedules(
  template: Template,
  deliver: Deliver,
  onError: (error: unknown) => void,
): Schedules {
  const schedules = [...scheduledRules(template, deliver), ...schedulerSchedules(template, deliver)];
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(tick, 60_000 - (Date.now() % 60_000));
  };
  const tick = () => {
    const minute = new Date(Math.round(Date.now() / 60_000) * 60_000);
    for (const { isDue, fire } of schedules) if (isDue(minute)) fire().catch(onError);
    wait();
  };
  wait();
  return {
    fire: async (id) => {
      const schedule = schedules.find((candidate) => candidate.id === id);
      if (!schedule) throw new Error(`The template has no enabled schedule ${id}.`);
      await schedule.fire();
    },
    stop: () => clearTimeout(timer),
  };
}

function scheduledRules(template: Template, deliver: Deliver): Schedule[] {
  return enabled(template, 'AWS::Events::Rule').map(([id, { ScheduleExpression, Targets = [] }]) => {
    const arn = template.value(id, 'Arn');
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [arn], detail: {} };
    const fire = async () => {
      for (const target of Targets) await deliver(target.Arn, toTargetInput(target, toEvent(event)));
    };
    return { id, isDue: compileSchedule(ScheduleExpression), fire };
  });
}

function schedulerSchedules(template: Template, deliver: Deliver): Schedule[] {
  return enabled(template, 'AWS::Scheduler::Schedule').map(([id, properties]) => {
    const { ScheduleExpression, ScheduleExpressionTimezone: zone = 'UTC', Target } = properties;
    if (!/UTC$/.test(zone)) throw new Error(`${id}: schedules run in UTC here.`);
    const fire = () => deliver(Target.Arn, Target.Input ?? '{}');
    return { id, isDue: compileSchedule(ScheduleExpression), fire };
  });
}

function enabled(template: Template, type: string): [id: string, Properties][] {
  const all = template.ofType(type).filter(([, { ScheduleExpression }]) => ScheduleExpression);
  return all.filter(([, { State }]) => State !== 'DISABLED');
}

const MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/** Tells whether a `rate(…)` or `cron(…)` is due in a minute. Rates count from midnight of 1 January 1970. */
export function compileSchedule(expression: string): (minute: Date) => boolean {
  const [, kind, argument = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return compileCron(argument);
  const [amount, unit = ''] = argument.split(' ');
  const every = Number(amount) * (MINUTES[unit.replace(/s$/, '')] ?? Number.NaN);
  if (!(every >= 1)) throw new Error(`The local host does not know the schedule ${expression}`);
  return (minute) => (minute.getTime() / 60_000) % every === 0;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** The fields of a cron expression: the lowest value, the names that count from it, and what a minute has in it. */
const FIELDS: [lowest: number, names: string[], of: (at: Date) => number][] = [
  [0, [], (at) => at.getUTCMinutes()],
  [0, [], (at) => at.getUTCHours()],
  [1, [], (at) => at.getUTCDate()],
  [1, MONTHS, (at) => at.getUTCMonth() + 1],
  [1, DAYS, (at) => at.getUTCDay() + 1],
  [1970, [], (at) => at.getUTCFullYear()],
];

function compileCron(expression: string): (minute: Date) => boolean {
  const fields = expression.split(' ');
  if (fields.length !== FIELDS.length) throw new Error(`A cron expression has six fields: ${expression}`);
  const tests = FIELDS.map(([lowest, names, of], index) => {
    const matches = compileField(fields[index] ?? '', lowest, names);
    return (at: Date) => matches(of(at));
  });
  return (at) => tests.every((test) => test(at));
}

/** Lists of values, ranges and steps: `0,30`, `MON-FRI`, `0/15`. */
function compileField(field: string, lowest: number, names: string[]): (value: number) => boolean {
  const toNumber = (text: string) => {
    const number = names.includes(text) ? names.indexOf(text) + lowest : Number(text);
    if (!Number.isInteger(number)) throw new Error(`Unknown in a cron expression: ${text}`);
    return number;
  };
  const alternatives = field.split(',').map((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last = step ? '9999' : first] = range.split('-');
    const open = first === '*' || first === '?';
    const from = open ? lowest : toNumber(first);
    const to = open ? 9999 : toNumber(last);
    return (value: number) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
  return (value) => alternatives.some((test) => test(value));
}
