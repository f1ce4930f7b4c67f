import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemBytes } from '../../bench/item-bytes.ts';
import { nextSigners, type RecentSigners, toSignerIds } from '../../functions/tallies/recent-signers.ts';
import { type CountedEvent, toChanges } from '../../functions/tallies/tally.ts';
import { type Counted, toEvent } from '../../shared/events/catalogue.ts';
import { noon } from '../support/a-campaign.ts';
import { aChangeOf, aCounted } from '../support/an-event.ts';

const root = 'mental-health-for-all';
const shown = aCounted({ shown: true });
const hidden = aCounted();

describe('the recent signers of a tally', () => {
  test('are those who may be shown, by the time of their confirmation, the newest first', () => {
    const events = [signs('a', 1), signs('c', 3), signs('b', 2), signs('d', 4, hidden)];
    expect(idsAfter(events)).toEqual(['c', 'b', 'a'].map(idOf));
  });

  test('are ten at most: who came first makes room', () => {
    const events = Array.from({ length: 13 }, (_, at) => signs(`p${at}`, at));
    expect(idsAfter(events)).toEqual(
      events
        .slice(3)
        .map(({ detail }) => detail.action)
        .reverse(),
    );
  });

  test.each([
    ['withdrawn', (facts: object) => toEvent('ActionWithdrawn', facts as never)],
    ['erased', (facts: object) => toEvent('ActionErased', facts as never)],
    ['invalidated', (facts: object) => toEvent('ActionInvalidated', { ...facts, reason: 'test' } as never)],
    [
      'not to be shown any more',
      (facts: object) => toEvent('ActionChanged', { ...facts, after: hidden } as never),
    ],
  ])('are without whose signature is %s', (_, leave) => {
    const { v: _v, after, ...facts } = signs('a', 3).detail;
    const gone = leave({ ...facts, id: 'actions:a:4', before: after });
    expect(idsAfter([signs('a', 3), signs('b', 2), gone])).toEqual([idOf('b')]);
  });

  test('begin with who was confirmed again, and have whoever is to be shown from then on', () => {
    const again = changes('a', 4, shown, { ...shown, country: 'FR' });
    const fromNowOn = changes('b', 5, hidden, shown);
    const events = [signs('a', 1), signs('b', 2, hidden), signs('c', 3), again, fromNowOn];
    expect(idsAfter(events)).toEqual(['b', 'a', 'c'].map(idOf));
  });

  test('have nobody who pledged, and nothing of who was never to be shown', () => {
    const pledge = aCounted({ kind: 'pledge', shown: true });
    const events = [signs('a', 1, pledge), signs('b', 2, hidden), changes('b', 3, hidden, undefined)];
    expect(signersAfter(events)).toBeUndefined();
  });

  test('of a chapter are those who joined it, and its root has them, too, once each', () => {
    const [there, elsewhere] = ['chapter-a', 'chapter-b'].map((campaign) =>
      aCounted({ campaign, root, shown: true }),
    ) as [Counted, Counted];
    const both = { ...elsewhere, joined: [{ campaign: 'chapter-a' }] };
    const events = [signs('a', 1, there), signs('b', 2, there), changes('a', 3, there, both)];
    expect(idsAfter(events, 'chapter-a')).toEqual(['a', 'b'].map(idOf));
    expect(idsAfter(events, 'chapter-b')).toEqual([idOf('a')]);
    expect(idsAfter(events, root)).toEqual(['a', 'b'].map(idOf));
    const left = [...events, changes('a', 4, both, undefined)];
    for (const campaign of ['chapter-a', root]) expect(idsAfter(left, campaign)).toEqual([idOf('b')]);
    expect(idsAfter(left, 'chapter-b')).toEqual([]);
  });

  test('know which of two changes was the later one, also when the clock of one lagged behind', () => {
    const confirmed = signs('a', 1_000);
    const withdrawn = { ...changes('a', 900, shown, undefined, 1_001) };
    for (const events of [
      [confirmed, withdrawn],
      [withdrawn, confirmed],
    ])
      expect(idsAfter(events)).toEqual([]);
  });

  test('take a kilobyte of the tally at most, with the longest ids', () => {
    const long = aCounted({ campaign: 'c'.repeat(60), shown: true });
    const name = (at: number) => String(at).padStart(43, '_');
    const signed = Array.from({ length: 20 }, (_, at) => signs(name(at), noon + at, long));
    const left = signed.slice(0, 8).map((_, at) => changes(name(at), noon + 20 + at, long, undefined));
    const recent = signersAfter([...signed, ...left], long.campaign);
    expect(recent).toMatchObject({ shown: { length: 10 }, gone: { length: 5 } });
    expect(itemBytes(marshall({ recent }))).toBeLessThanOrEqual(1_100);
  });
});

describe('in whatever order, batches and however often events come, the recent signers', () => {
  test('are the ten newest, while nobody leaves', () => {
    fc.assert(
      fc.property(someLives, aDelivery, (lives, delivery) => {
        const staying = lives.map(({ times }) => ({ times, leaves: false }));
        const ids = idsAfter(...delivered(staying, delivery));
        const newest = [...staying.keys()].sort(
          (one, other) => lastOf(staying, other) - lastOf(staying, one),
        );
        expect(ids).toEqual(newest.slice(0, 10).map((at) => idOf(`p${at}`)));
      }),
    );
  });

  test('have all who may be shown but those whom ten others followed, and none who left', () => {
    fc.assert(
      fc.property(someLives, aDelivery, (lives, delivery) => {
        const few = lives.map((life, at) => ({ ...life, leaves: life.leaves && at < 5 }));
        const ids = idsAfter(...delivered(few, delivery));
        const people = [...few.keys()];
        const staying = people.filter((at) => !few[at]?.leaves);
        const followers = (at: number) => people.filter((one) => lastOf(few, one) > lastOf(few, at));
        const sure = staying.filter((at) => followers(at).length < 10).map((at) => idOf(`p${at}`));
        expect(ids).toEqual(expect.arrayContaining(sure));
        expect(staying.map((at) => idOf(`p${at}`))).toEqual(expect.arrayContaining(ids));
      }),
    );
  });

  test('may have one who left, whose confirmation comes after its withdrawal and that of five others, until ten come', () => {
    const withdrawn = changes('a', 20, shown, undefined);
    const others = Array.from({ length: 5 }, (_, at) => changes(`o${at}`, 21 + at, shown, undefined));
    const late = [withdrawn, ...others, signs('a', 19, shown, 18)];
    expect(idsAfter(late)).toEqual([idOf('a')]);
    const ten = Array.from({ length: 10 }, (_, at) => signs(`n${at}`, 30 + at));
    expect(idsAfter([...late, ...ten])).not.toContain(idOf('a'));
  });
});

/** Somebody who is confirmed at these times, and then maybe leaves. */
interface Life {
  times: number[];
  leaves: boolean;
}
interface Delivery {
  /** By which events are put in order, and by how many they come at a time. */
  places: number[];
  sizes: number[];
}

const someLives = fc.array(
  fc.record({ times: fc.array(fc.nat(9_999), { minLength: 1, maxLength: 3 }), leaves: fc.boolean() }),
  { minLength: 1, maxLength: 30 },
);
const aDelivery: fc.Arbitrary<Delivery> = fc.record({
  places: fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
  sizes: fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 5 }),
});

/** All events of these lives, no two of which are at one time; each comes twice. */
function delivered(lives: Life[], { places, sizes }: Delivery): [CountedEvent[], string, number[]] {
  const events = lives.flatMap((life, who) => {
    const times = timesOf(life, who);
    const signed = times.map((at, nth) =>
      nth === 0 ? signs(`p${who}`, at) : changes(`p${who}`, at, shown, shown),
    );
    const left = life.leaves ? [changes(`p${who}`, (times.at(-1) ?? 0) + 1, shown, undefined)] : [];
    return [...signed, ...left];
  });
  const twice = [...events, ...events].map((event, at) => ({
    event,
    place: places[at % places.length] ?? 0,
  }));
  const order = twice.sort((one, other) => one.place - other.place).map(({ event }) => event);
  return [order, root, sizes];
}

function timesOf({ times }: Life, who: number): number[] {
  return [...new Set(times)].sort((one, other) => one - other).map((time) => time * 100 + who * 2);
}

function lastOf(lives: Life[], who: number): number {
  return Math.max(...timesOf(lives[who] as Life, who));
}

/** Milliseconds after noon, and at once the version. */
function signs(who: string, at: number, after: Counted = shown, version = at) {
  const { name, detail } = aChangeOf(who, version, { after, at: noon + at });
  return { name, detail: { ...detail, action: idOf(who) } } as ReturnType<typeof toEvent<'ActionConfirmed'>>;
}

function changes(
  who: string,
  at: number,
  before: Counted,
  after: Counted | undefined,
  version = at,
): CountedEvent {
  const { name, detail } = aChangeOf(who, version, { before, after, at: noon + at });
  return { name, detail: { ...detail, action: idOf(who) } } as CountedEvent;
}

function idOf(who: string): string {
  return `${root}~signature~${who}`;
}

function idsAfter(events: CountedEvent[], campaign = root, sizes = [1]): string[] {
  const signers = signersAfter(events, campaign, sizes);
  return signers ? toSignerIds(signers) : [];
}

/** Event by event, or by as many at a time as is said. */
function signersAfter(events: CountedEvent[], campaign = root, sizes = [1]): RecentSigners | undefined {
  const left = events
    .flatMap(toChanges)
    .filter((change) => change.campaign === campaign)
    .flatMap(({ signer }) => signer ?? []);
  let signers: RecentSigners | undefined;
  for (let nth = 0; left.length > 0; nth++)
    signers = nextSigners(signers, left.splice(0, sizes[nth % sizes.length]));
  return signers;
}
