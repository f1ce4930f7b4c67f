import { setTimeout } from 'node:timers/promises';
import type { Host } from '../infra/local/host.ts';
import { type Counting, counter, countingOf, fullBatch, measureCounting, ofCampaign } from './counting.ts';
import { type Figure, progress } from './figure.ts';
import { notOf, roundTrips, startsWith, sum, writeUnits } from './meter.ts';
import { type CampaignRun, type Observed, observe, slug } from './run-campaign.ts';
import type { Heard } from './stack.ts';
import { erase, submit, withdraw } from './supporters.ts';

const submitters = startsWith('ActionsTake');
const mailRoom = startsWith('Mail');
const own = notOf(startsWith('Mail', 'TalliesCount'));
/** Seconds after which the same address may ask again, and a little more. */
const askInterval = 62;

/** What one action of a kind takes. */
interface Share {
  /** Write units of the request itself, of counting, and of mail's own records. */
  own: number;
  counting: number;
  mail: number;
  events: number;
  mails: number;
}

export interface Units {
  submission: Share;
  repeatAtOnce: Share;
  repeat: Share;
  confirmation: Share;
  withdrawal: Share;
  erasure: Share;
  /** Of counting one event: in full batches, in those of the run, and alone; and a withdrawal in a full batch. */
  counting: Record<'full' | 'inRun' | 'alone' | 'withdrawal', Counting>;
  /** Write units of submitting and confirming, without counting and mail. */
  written: number;
  /** Requests to the database per submission. */
  roundTrips: number;
}

export async function measureUnits(host: Host, run: CampaignRun): Promise<Units> {
  const { submission, confirmation, repeatAtOnce, confirmed } = run;
  const [leaving, erasing] = [confirmed.slice(0, fullBatch), confirmed.slice(fullBatch, fullBatch + 20)];
  progress(`${leaving.length} withdraw, ${erasing.length} have all erased`);
  const withdrawal = await observe(host, leaving, 4, (one) => withdraw(host.url, one));
  const erasure = await observe(host, erasing, 4, (one) => erase(host.url, one));
  const counting = await measureAllCounting(host, confirmation, withdrawal);
  const wait = run.repeatersSignedAt + askInterval * 1_000 - Date.now();
  progress(`waiting ${Math.max(0, Math.ceil(wait / 1_000))} s, until the same people may sign again`);
  await setTimeout(Math.max(0, wait));
  const repeat = await observe(host, run.repeaters, 1, (one) => submit(host.url, slug, one));
  return {
    submission: shareOf(submission),
    repeatAtOnce: shareOf(repeatAtOnce),
    repeat: shareOf(repeat),
    confirmation: shareOf(confirmation),
    withdrawal: shareOf(withdrawal),
    erasure: shareOf(erasure),
    counting,
    written: shareOf(submission).own + shareOf(confirmation).own,
    roundTrips: roundTrips(submission.used, submitters) / submission.people,
  };
}

export function unitFigures(units: Units): Figure[] {
  const { submission, confirmation, counting, written } = units;
  const asked = 'ConsumedCapacity of all tables, indexes included, as the table engine reports it';
  const withMail = written + submission.mail + confirmation.mail;
  const how = {
    written: `${asked}, of the submission, the confirmation and all that follows from them; counting: 2 × ${fullBatch} of these events handed to the counting function in two batches.`,
    variant: 'The same; counting as the name says.',
    submission: `${asked}, of the submitting function, for each person.`,
    repeat: `${asked}; a write that is refused reports nothing, and is taken as the one unit that is billed.`,
    leaving: `${asked}; withdrawals counted in one batch of ${fullBatch}, erasures in the batches of the run.`,
    roundTrips: "The submitting function's calls that reached the table engine, refused ones included.",
    events: 'Every event on the bus, heard by a queue of the bench, for each submission and confirmation.',
    leavingEvents: 'The same, for each action of that kind.',
    mails: 'Mails in the inbox, for each person who signed.',
  };
  return [
    { name: 'write units per submission', measured: submission.own, bound: 1, how: how.submission },
    {
      name: `write units per confirmed action, counted at batches of ${fullBatch}`,
      measured: written + counting.full.writes,
      bound: 4.3,
      how: how.written,
    },
    {
      name: `write units per confirmed action, counted at batches of ${fullBatch}, with mail's own records`,
      measured: withMail + counting.full.writes,
      bound: 6.3,
      how: how.written,
    },
    {
      name: 'write units per confirmed action with mail, counted in the batches of this run',
      measured: withMail + counting.inRun.writes,
      how: how.variant,
    },
    {
      name: 'write units per confirmed action with mail, each counted alone',
      measured: withMail + counting.alone.writes,
      how: how.variant,
    },
    {
      name: 'write units per submission of the same address within a minute',
      measured: units.repeatAtOnce.own,
      bound: 1,
      how: how.repeat,
    },
    {
      name: 'write units per submission of the same address after a minute',
      measured: units.repeat.own,
      how: how.repeat,
    },
    {
      name: "write units per submission of the same address after a minute, with mail's own records",
      measured: total(units.repeat),
      how: how.repeat,
    },
    {
      name: 'write units per withdrawal',
      measured: units.withdrawal.own + units.withdrawal.mail + counting.withdrawal.writes,
      how: how.leaving,
    },
    { name: 'write units per erasure', measured: total(units.erasure), how: how.leaving },
    {
      name: 'round trips to the database per submission, warm',
      measured: units.roundTrips,
      bound: 1,
      how: how.roundTrips,
    },
    {
      name: 'events per state change',
      measured: (submission.events + confirmation.events) / 2,
      bound: 1,
      how: how.events,
    },
    ...eachOf(units, 'events', how.leavingEvents),
    { name: 'mails per confirmed action', measured: submission.mails, bound: 1, how: how.mails },
    ...eachOf(units, 'mails', how.leavingEvents),
  ];
}

/** Events or mails of the kinds that have no bound. */
function eachOf(units: Units, what: 'events' | 'mails', how: string): Figure[] {
  return [
    { name: `${what} per submission repeated within a minute`, measured: units.repeatAtOnce[what], how },
    { name: `${what} per submission repeated after a minute`, measured: units.repeat[what], how },
    { name: `${what} per withdrawal`, measured: units.withdrawal[what], how },
    { name: `${what} per erasure`, measured: units.erasure[what], how },
  ];
}

async function measureAllCounting(
  host: Host,
  confirming: Observed,
  leaving: Observed,
): Promise<Units['counting']> {
  progress('counting in full batches, and one by one');
  const confirmed = some('ActionConfirmed', confirming.events, 2 * fullBatch);
  const withdrawn = some('ActionWithdrawn', leaving.events, fullBatch);
  return {
    full: await measureCounting(host, ofCampaign('full-batches', confirmed), fullBatch),
    inRun: countingOf(confirming.used, confirming.people),
    alone: await measureCounting(host, ofCampaign('one-by-one', confirmed.slice(0, 10)), 1),
    withdrawal: await measureCounting(host, ofCampaign('full-batches', withdrawn), fullBatch),
  };
}

function some(name: Heard['event']['name'], events: Heard[], count: number): Heard[] {
  const found = events.filter(({ event }) => event.name === name).slice(0, count);
  if (found.length < count) throw new Error(`Only ${found.length} of ${count} ${name} were announced.`);
  return found;
}

function shareOf({ people, used, events, mails }: Observed): Share {
  return {
    own: writeUnits(used, own) / people,
    counting: writeUnits(used, counter) / people,
    mail: writeUnits(used, mailRoom) / people,
    events: events.length / people,
    mails: mails / people,
  };
}

function total({ own, counting, mail }: Share): number {
  return sum([own, counting, mail]);
}
