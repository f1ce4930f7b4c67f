import type { Resource } from '../contract.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { toEvent } from './bus.ts';
import { toTargetInput } from './target-input.ts';

type Properties = Resource['properties'];
export interface Schedules {
  /** Fires one schedule now, by the logical id of its rule or schedule. */
  fire(id: string): Promise<void>;
  stop(): void;
}
interface Schedule {
  id: string;
  isDue: (minute: Date) => boolean;
  arn: string;
  targets: Properties[];
}

/** Runs scheduled rules and EventBridge Scheduler's schedules, in UTC, on the minute. */
export function startSchedules(
  template: LoadedTemplate,
  deliver: (arn: string, payload: string) => Promise<void>,
  onError: (error: unknown) => void,
): Schedules {
  const schedules = [...scheduledRules(template), ...schedulerSchedules(template)];
  const fire = async ({ targets, arn }: Schedule) => {
    const description = {
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [arn],
      detail: {},
    };
    for (const target of targets)
      await deliver(target['Arn'], toTargetInput(target, toEvent(description), arn));
  };
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(tick, 60_000 - (Date.now() % 60_000));
  };
  const tick = () => {
    const minute = new Date(Math.round(Date.now() / 60_000) * 60_000);
    for (const schedule of schedules.filter(({ isDue }) => isDue(minute))) fire(schedule).catch(onError);
    wait();
  };
  wait();
  return {
    fire: async (id) => {
      const schedule = schedules.find((candidate) => candidate.id === id);
      if (!schedule) throw new Error(`The template has no enabled schedule ${id}.`);
      await fire(schedule);
    },
    stop: () => clearTimeout(timer),
  };
}

function scheduledRules(template: LoadedTemplate): Schedule[] {
  const rules = template
    .ofType('AWS::Events::Rule')
    .filter(([, { ScheduleExpression }]) => ScheduleExpression);
  const enabled = rules.filter(([, { State }]) => State !== 'DISABLED');
  return enabled.map(([id, { ScheduleExpression, Targets = [] }]) => ({
    id,
    arn: template.value(id, 'Arn'),
    isDue: compileSchedule(ScheduleExpression),
    targets: Targets,
  }));
}

function schedulerSchedules(template: LoadedTemplate): Schedule[] {
  const enabled = template.ofType('AWS::Scheduler::Schedule').filter(([, { State }]) => State !== 'DISABLED');
  return enabled.map(([id, { ScheduleExpression, ScheduleExpressionTimezone = 'UTC', Target }]) => {
    if (!/UTC$/.test(ScheduleExpressionTimezone)) throw new Error(`${id}: schedules run in UTC here.`);
    const targets = [{ Arn: Target.Arn, Input: Target.Input ?? '{}' }];
    return { id, arn: id, isDue: compileSchedule(ScheduleExpression), targets };
  });
}

const MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/** Tells whether a `rate(…)`, `cron(…)` or `at(…)` is due in a minute. Rates count from midnight of 1 January 1970. */
export function compileSchedule(expression: string): (minute: Date) => boolean {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return compileCron(argument);
  if (kind === 'at') return (minute) => minute.toISOString().slice(0, 16) === argument.slice(0, 16);
  const [amount, unit = ''] = argument.split(' ');
  const every = Number(amount) * (MINUTES[unit.replace(/s$/, '')] ?? Number.NaN);
  if (!(every >= 1)) throw new Error(`Unknown schedule expression: ${expression}`);
  return (minute) => (minute.getTime() / 60_000) % every === 0;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function compileCron(fields: string): (minute: Date) => boolean {
  const tests = fields.split(' ').map((field, index) => compileField(field, index));
  if (tests.length !== 6) throw new Error(`A cron expression has six fields: ${fields}`);
  return (at) => {
    const values = [
      at.getUTCMinutes(),
      at.getUTCHours(),
      at.getUTCDate(),
      at.getUTCMonth() + 1,
      at.getUTCDay() + 1,
      at.getUTCFullYear(),
    ];
    return tests.every((test, index) => test(values[index] ?? 0));
  };
}

/** Minutes and hours count from 0, days, months and weekdays from 1. */
const LOWEST = [0, 0, 1, 1, 1, 1970];

function compileField(field: string, index: number): (value: number) => boolean {
  const toNumber = (text: string) => {
    const named = index === 3 ? MONTHS.indexOf(text) : index === 4 ? DAYS.indexOf(text) : -1;
    const number = named >= 0 ? named + 1 : Number(text);
    if (!Number.isInteger(number)) throw new Error(`Unknown in a cron expression: ${text}`);
    return number;
  };
  const alternatives = field.split(',').map((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last = step ? '9999' : first] = range.split('-');
    const open = first === '*' || first === '?';
    const from = open ? (LOWEST[index] ?? 0) : toNumber(first);
    const to = open ? 9999 : toNumber(last);
    return (value: number) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
  return (value) => alternatives.some((test) => test(value));
}
