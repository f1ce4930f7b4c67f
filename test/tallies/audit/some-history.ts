import fc from 'fast-check';
import { day, hour, minute } from '../../support/a-campaign.ts';
import { actions, type Command, type History, reasons, type Said } from './history.ts';

/** Mostly longer than the minute after which one may ask again; now and then a clock that lags behind. */
const aPause = fc.constantFrom(
  ...[0, 0, -200, 1, 1_000, minute, 61_000, 2 * minute, 20 * minute, hour, 5 * hour, day, 8 * day],
);
const anAmount = fc.oneof(
  fc.integer({ min: 1, max: 10_000 }),
  fc.integer({ min: Number.MAX_SAFE_INTEGER - 100, max: Number.MAX_SAFE_INTEGER }),
);
const whatIsSaid: fc.Arbitrary<Said> = fc.record({
  campaign: fc.constantFrom('world', 'chapter-a', 'chapter-b'),
  country: fc.constantFrom('KE', 'FR', 'BR'),
  partner: fc.constantFrom(undefined, 'p-1', 'p-2'),
  source: fc.constantFrom(undefined, 'qr', 'share-link'),
  display: fc.constantFrom('anonymous', 'initials', 'name'),
  money: fc.constantFrom(true, true, true, false),
  currency: fc.constantFrom('EUR', 'IRR'),
  amount: anAmount,
  toVerify: fc.constantFrom(false, false, false, true),
});

/** Steps of a history: mostly few, so that many histories can be played. */
const aLength = fc.constantFrom(8, 12, 12, 24);

/** Of a few people, since histories are about what one action goes through. */
export const aHistory: fc.Arbitrary<History> = fc.integer({ min: 3, max: actions.length }).chain((crowd) =>
  fc.record({
    commands: aLength
      .chain((length) => fc.array(someCommands(crowd), { minLength: 4, maxLength: length, size: 'max' }))
      .map((commands) => commands.flat()),
    luck: fc.noShrink(fc.integer()),
  }),
);

function someCommands(crowd: number): fc.Arbitrary<Command[]> {
  const people = Array.from({ length: crowd }, (_, who) => who);
  const who = mostlyTheFirst(people);
  const pledger = mostlyTheFirst(people.filter((one) => actions[one]?.kind === 'pledge'));
  const verified = mostlyTheFirst(people.filter((one) => actions[one]?.kind !== 'signature'));
  const how = { after: aPause, presses: fc.constantFrom(1, 1, 1, 1, 2, 3) };
  const one = <T extends Command>(arbitrary: fc.Arbitrary<T>) =>
    arbitrary.map((command): Command[] => [command]);
  const ask = fc.record({ ...how, do: fc.constant('ask' as const), who, said: whatIsSaid });
  const confirm = fc.record({
    ...how,
    do: fc.constant('confirm' as const),
    who,
    link: fc.constantFrom(0, 0, 1, 1, 2),
  });
  const simply = (what: 'withdraw' | 'erase' | 'forget' | 'expire') =>
    one(fc.record({ ...how, do: fc.constant(what), who }));
  const verify = one(fc.record({ ...how, do: fc.constant('verify' as const), who: verified }));
  const withdraw = simply('withdraw');
  const atOnce = fc.array(fc.oneof(one(ask), one(confirm), withdraw), { minLength: 3, maxLength: 5 });
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(ask, confirm).map(toSigning) },
    { weight: 2, arbitrary: one(ask) },
    { weight: 2, arbitrary: one(confirm) },
    { weight: 3, arbitrary: withdraw },
    { weight: 1, arbitrary: fc.tuple(who, atOnce).map(toMoment) },
    { weight: 3, arbitrary: verify },
    { weight: 1, arbitrary: simply('erase') },
    { weight: 1, arbitrary: simply('forget') },
    { weight: 1, arbitrary: simply('expire') },
    {
      weight: 1,
      arbitrary: one(
        fc.record({
          ...how,
          do: fc.constant('invalidate' as const),
          many: fc.uniqueArray(who, { minLength: 1, maxLength: 4 }),
          reason: fc.constantFrom(...reasons),
          within: fc.constantFrom(undefined, undefined, 'chapter-a' as const),
        }),
      ),
    },
    {
      weight: 3,
      arbitrary: one(
        fc.record({
          ...how,
          do: fc.constant('fulfil' as const),
          who: pledger,
          paid: fc.oneof(fc.constant(0), anAmount, anAmount),
        }),
      ),
    },
  );
}

/** So that much happens to some of them. */
function mostlyTheFirst(people: number[]): fc.Arbitrary<number> {
  const one = fc.constantFrom(...people);
  return fc.tuple(one, one).map(([some, other]) => Math.min(some, other));
}

/** One person's commands, in one millisecond: as clocks that differ may have it. */
function toMoment([who, commands]: [number, Command[][]]): Command[] {
  return commands.flat().map((command, at) => ({ ...command, who, after: at === 0 ? 2 * minute : 0 }));
}

/** Asks, and confirms by what came in the mail. */
function toSigning([ask, confirm]: [Command & { do: 'ask' }, Command & { do: 'confirm' }]): Command[] {
  return [ask, { ...confirm, who: ask.who, link: 0 }];
}
