import {
  actions,
  type Command,
  campaignOf,
  type History,
  hashOf,
  isToVerify,
  type Said,
  type Timed,
  timed,
} from './history.ts';
import { aLedger, type Counting, type Ledger, type Way } from './ledger.ts';

const minute = 60 * 1_000;
const day = 24 * 60 * minute;
const linkLifetime = 7 * day;
const asksPerDay = 5;

/** An action as the rules know it: no database, no versions, no events. */
interface Remembered {
  state: 'pending' | 'confirmed' | 'withdrawn' | 'erased' | 'invalidated';
  asked: Asked | undefined;
  lastAsk: number;
  asksByDay: Map<number, number>;
  /** What stands confirmed of each campaign, the last at the end. */
  signed: Signed[];
  counting: Counting | undefined;
  /** From then on it may be removed: it was never confirmed, and can no longer be. */
  removable: number;
  /** Times at which something changed, each with the kind of change: the same one is refused. */
  moments: Set<string>;
}
/** What stands confirmed, and whether a campaigner has verified it. */
type Signed = Said & { verified?: true };
interface Asked {
  said: Said;
  until: number;
}

/** What must have been counted when all is told: from the commands alone, by plain bookkeeping. */
export function modelOf({ commands }: History): Ledger {
  const ledger = aLedger();
  const actionsNow = new Map<number, Remembered>();
  const mailed = new Map<number, Asked[]>();
  for (const command of timed(commands)) {
    for (const who of command.do === 'invalidate' ? command.many : [command.who]) {
      if (command.do === 'ask') ask(who, command);
      else change(who, command);
    }
  }
  return ledger;

  function ask(who: number, { now, said }: Timed<Command & { do: 'ask' }>): void {
    const action = actionsNow.get(who) ?? nothingYet();
    const today = Math.floor(now / day);
    const asksToday = action.asksByDay.get(today) ?? 0;
    if (now - action.lastAsk < minute || asksToday >= asksPerDay) return;
    const asked = { said, until: now + linkLifetime };
    mailed.set(who, [...(mailed.get(who) ?? []), asked]);
    action.asked = asked;
    action.lastAsk = now;
    action.asksByDay.set(today, asksToday + 1);
    if (action.removable !== Number.POSITIVE_INFINITY || !actionsNow.has(who))
      action.removable = Math.ceil(asked.until / 1_000) * 1_000;
    actionsNow.set(who, action);
  }

  function change(who: number, command: Timed<Exclude<Command, { do: 'ask' }>>): void {
    const action = actionsNow.get(who);
    if (!action) return;
    const { now } = command;
    switch (command.do) {
      case 'confirm': {
        const link = mailed.get(who)?.at(-1 - command.link);
        if (!link || link !== action.asked || now >= link.until) return;
        const others = action.signed.filter((one) => campaignOf(who, one) !== campaignOf(who, link.said));
        const signed = [...others, link.said];
        if (!count(action, now, 'confirmed', toCounting(who, signed))) return;
        const removable = Number.POSITIVE_INFINITY;
        Object.assign(action, { state: 'confirmed', signed, asked: undefined, removable });
        return;
      }
      case 'withdraw': {
        const asksAgain = action.state === 'withdrawn' && action.asked;
        if (action.state === 'confirmed' || asksAgain) leave(action, now, 'withdrawn');
        return;
      }
      case 'erase':
        if (['confirmed', 'withdrawn', 'invalidated'].includes(action.state) || action.asked)
          leave(action, now, 'erased');
        return;
      case 'invalidate':
        if (action.state === 'confirmed' && isWithin(who, action, command.within))
          leave(action, now, `invalidated+${command.reason}`);
        return;
      case 'fulfil': {
        const { counting } = action;
        if (!counting?.pledge) return;
        const pledge = { ...counting.pledge, fulfilled: BigInt(command.paid) };
        count(action, now, 'fulfilled', { ...counting, pledge });
        return;
      }
      case 'verify': {
        const said = action.signed.at(-1);
        if (!said || !waits(who, said)) return;
        const signed = action.signed.with(-1, { ...said, verified: true });
        if (count(action, now, 'verified', toCounting(who, signed))) action.signed = signed;
        return;
      }
      case 'forget':
        if (action.asked && action.asked.until <= now) action.asked = undefined;
        return;
      case 'expire':
        if (action.removable <= now) actionsNow.delete(who);
    }
  }

  function leave(action: Remembered, now: number, way: Way): void {
    if (!count(action, now, way, undefined)) return;
    action.asked = undefined;
    action.signed = [];
    action.state = way.split('+')[0] as Remembered['state'];
  }

  function count(action: Remembered, now: number, kind: string, after: Counting | undefined): boolean {
    const moment = `${now} ${kind}`;
    if (action.moments.has(moment)) return false;
    action.moments.add(moment);
    // A pledge that is confirmed again, and now has to be verified, stops counting like one that is withdrawn.
    const way = ['confirmed', 'verified', 'fulfilled'].includes(kind) ? 'withdrawn' : (kind as Way);
    if (action.counting || after) ledger.change(now, action.counting, after, way);
    action.counting = after;
    return true;
  }
}

function nothingYet(): Remembered {
  return {
    state: 'pending',
    asked: undefined,
    lastAsk: Number.NEGATIVE_INFINITY,
    asksByDay: new Map(),
    signed: [],
    counting: undefined,
    removable: Number.NEGATIVE_INFINITY,
    moments: new Set(),
  };
}

/** A chapter's campaigners decide on what was signed there alone. */
function isWithin(who: number, { signed }: Remembered, chapter: string | undefined): boolean {
  return chapter === undefined || signed.every((said) => campaignOf(who, said) === chapter);
}

/** Until a campaigner has verified it. */
function waits(who: number, said: Signed): boolean {
  return isToVerify(who, said) && !said.verified;
}

/** By what it counts once it is confirmed: by what was said last. Not at all, while a campaigner has to verify that. */
function toCounting(who: number, signed: Signed[]): Counting | undefined {
  const { root = 'world', kind = 'signature' } = actions[who] ?? {};
  const [said, ...before] = signed.toReversed();
  if (!said) return undefined;
  const { country, partner, source, display, money, currency, amount } = said;
  if (waits(who, said)) return undefined;
  const earlier = before.map((one) => ({
    campaign: campaignOf(who, one),
    partner: one.partner,
    source: one.source,
  }));
  const pledge = kind === 'pledge' && money ? { currency, amount: BigInt(amount), fulfilled: 0n } : undefined;
  const shown = display === 'anonymous' || kind === 'endorsement' ? undefined : hashOf(who);
  return { campaign: campaignOf(who, said), root, kind, country, partner, source, shown, pledge, earlier };
}
