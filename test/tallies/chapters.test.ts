import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Action, type Details, mostJoined } from '../../functions/actions/action.ts';
import { countEvents } from '../../functions/actions/count-history.ts';
import { confirmAsked } from '../../functions/actions/join-campaign.ts';
import { batchChanges } from '../../functions/tallies/batch-changes.ts';
import { add, type CountedEvent, type Counters, toChanges } from '../../functions/tallies/tally.ts';
import {
  anAction,
  aStoredPledge,
  askedAgain,
  confirmed,
  erased,
  invalidated,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';

const root = 'mental-health-for-all';
const chapters = Array.from({ length: mostJoined + 4 }, (_, at) => `chapter-${at}`);
const leaving = { withdrawn, erased, invalidated };

/** What one mailbox does, a command after the other. A link is that of a request so many before the last one. */
type Command =
  | { do: 'ask'; said: Pick<Details, 'campaign' | 'country' | 'partner' | 'source'>; toVerify: boolean }
  | { do: 'confirm'; link: number }
  | { do: keyof typeof leaving };

const few = [root, 'chapter-0', 'chapter-1'];
const ask = (campaigns: string[]): fc.Arbitrary<Command> =>
  fc.record({
    do: fc.constant('ask' as const),
    said: fc.record({
      campaign: fc.constantFrom(...campaigns),
      country: fc.constantFrom('KE', 'FR'),
      partner: fc.constantFrom(undefined, 'p-1', 'p-2'),
      source: fc.constantFrom(undefined, 'qr'),
    }) as fc.Arbitrary<Details>,
    toVerify: fc.constantFrom(false, false, false, true),
  });
const confirm: fc.Arbitrary<Command> = fc.record({
  do: fc.constant('confirm' as const),
  link: fc.constantFrom(0, 0, 0, 1),
});
const leave: fc.Arbitrary<Command> = fc.record({
  do: fc.constantFrom(...(Object.keys(leaving) as Array<keyof typeof leaving>)),
});
const aLife = (campaigns: string[], { steps, leaves }: { steps: number; leaves: number }) =>
  fc.record({
    kind: fc.constantFrom('signature' as const, 'pledge' as const),
    commands: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(ask(campaigns), fc.constant({ do: 'confirm', link: 0 } as const)) },
        { weight: 2, arbitrary: fc.tuple(ask(campaigns)) },
        { weight: 1, arbitrary: fc.tuple(confirm) },
        { weight: leaves, arbitrary: fc.tuple(leave) },
      ),
      { maxLength: steps, size: 'max' },
    ),
  });
type Life = { kind: 'signature' | 'pledge'; commands: Command[][] };
const aDelivery = fc.infiniteStream(fc.nat());

describe('a chapter and its root, signed in any order, confirmed and taken back, whatever comes twice and when', () => {
  test('count each mailbox once that stands confirmed there', () => {
    const lives = fc.array(aLife(few, { steps: 10, leaves: 2 }), { maxLength: 6, size: 'max' });
    fc.assert(
      fc.property(lives, aDelivery, (all, chance) => expectCounted(all, chance)),
      { numRuns: 300 },
    );
  });

  test('and so do more chapters than an action keeps: it leaves those that were signed longest ago', () => {
    const lives = fc.array(aLife([root, ...chapters], { steps: 60, leaves: 0 }), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(lives, aDelivery, (all, chance) => expectCounted(all, chance)),
      { numRuns: 40 },
    );
  });
});

function expectCounted(lives: Life[], chance: Iterator<number>): void {
  const told = lives.flatMap((life, at) => countEvents(live(life, at)));
  const counted = count(told, chance);
  const right = new Map<string, Counters>();
  for (const life of lives) enter(right, life);
  for (const campaign of [root, ...chapters])
    expect(withoutWays(counted.get(campaign) ?? {}), campaign).toEqual(right.get(campaign) ?? {});
  for (const counters of counted.values())
    for (const letter of ['s', 'p']) expect(balance(counters, letter)).toBe(counters[letter] ?? 0n);
}

/** The action as it is stored in the end. */
function live({ kind, commands }: Life, at: number): Action {
  let action = anAction({ pk: `${root}#${kind}#00`, sk: `mailbox-${at}` });
  const { asked: _nobodys, ...empty } = action;
  action = empty;
  const links: number[] = [];
  for (const command of commands.flat()) {
    if (command.do === 'ask') {
      action = askedAgain(action, toDetails(kind, command));
      links.push(action.askedVersion);
    } else if (command.do === 'confirm') {
      const now = (action.changedAt ?? action.askedAt) + 1;
      const current = confirmAsked(action, links.at(-1 - command.link) ?? 0, now);
      if (current) action = confirmed(action, { current });
    } else if (action.state === 'confirmed') action = leaving[command.do](action);
  }
  return action;
}

function toDetails(kind: string, { said, toVerify }: Command & { do: 'ask' }): Details {
  return someDetails({ ...said, ...(kind === 'pledge' && { pledge: aStoredPledge({ toVerify }) }) });
}

/** Shuffled, each twice, in batches; a batch counts only what is marked as counted by none before it. */
function count(events: CountedEvent[], chance: Iterator<number>): Map<string, Counters> {
  const marked = new Set<string>();
  const tallies = new Map<string, Counters>();
  const left = [...events, ...events];
  while (left.length > 0) {
    const size = 1 + next(chance, 8);
    const some = Array.from({ length: Math.min(size, left.length) }, () =>
      left.splice(next(chance, left.length), 1),
    ).flat();
    for (const { campaign, changes } of batchChanges(some.flatMap(toChanges)))
      for (const { id, counters } of changes) {
        if (marked.has(`${id} ${campaign}`)) continue;
        marked.add(`${id} ${campaign}`);
        tallies.set(campaign, add(tallies.get(campaign) ?? {}, counters));
      }
  }
  return tallies;
}

function next(chance: Iterator<number>, below: number): number {
  return chance.next().value % below;
}

/** By plain bookkeeping: of each campaign, what was signed there last, and of all of them what was signed last. */
function enter(books: Map<string, Counters>, { kind, commands }: Life): void {
  let signed: Array<Command & { do: 'ask' }> = [];
  const links: Array<Command & { do: 'ask' }> = [];
  let waiting: (Command & { do: 'ask' }) | undefined;
  for (const command of commands.flat()) {
    if (command.do === 'ask') {
      waiting = command;
      links.push(command);
    } else if (command.do === 'confirm') {
      const link = links.at(-1 - command.link);
      if (!link || link !== waiting) continue;
      signed = [...signed.filter(({ said }) => said.campaign !== link.said.campaign), link].slice(
        -mostJoined - 1,
      );
      waiting = undefined;
    } else if (signed.length > 0) {
      signed = [];
      waiting = undefined;
    }
  }
  const last = signed.at(-1);
  if (!last || (kind === 'pledge' && last.toVerify)) return;
  const origins = new Map(signed.map(({ said }) => [said.campaign, said]));
  for (const [campaign, { partner, source }] of origins.set(root, last.said)) {
    const letter = kind === 'signature' ? 's' : 'p';
    const lines = [
      letter,
      `${letter}@${last.said.country}`,
      partner && `${letter}+${partner}`,
      source && letter === 's' && `s~${source}`,
    ];
    const counters = Object.fromEntries(lines.flatMap((line) => (line ? [[line, 1n]] : [])));
    books.set(
      campaign,
      add(books.get(campaign) ?? {}, {
        ...counters,
        ...(letter === 'p' && { 'n#EUR': 1n, 'a#EUR': 2_500n }),
      }),
    );
  }
}

/** How counts came about apart. */
function withoutWays(counters: Counters): Counters {
  return Object.fromEntries(Object.entries(counters).filter(([name]) => !name.includes(':')));
}

function balance(counters: Counters, letter: string): bigint {
  return Object.entries(counters)
    .filter(([name]) => name.startsWith(`${letter}:`))
    .reduce((sum, [name, value]) => (name.endsWith(':confirmed') ? sum + value : sum - value), 0n);
}
