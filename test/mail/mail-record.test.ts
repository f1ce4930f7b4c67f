import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressHash,
  decideMail,
  invitationsHash,
  type MailRecord,
  newRecord,
  rules,
  settleMail,
} from '../../functions/mail/mail-record.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import { day, minute, noon } from '../support/a-campaign.ts';

describe('a mail to an address', () => {
  test('is sent when nothing was sent before: the record claims it', () => {
    expect(decideMail(newRecord('a'), 'e1', noon)).toEqual({
      send: true,
      record: {
        address: 'a',
        version: 1,
        mails: [{ id: 'e1', at: noon, state: 'claimed', until: noon + rules.lease }],
      },
    });
  });

  test('that was sent or refused is not sent again', () => {
    for (const state of ['sent', 'refused'] as const) {
      const record = settleMail(claimed('e1'), 'e1', state);
      expect(decideMail(record, 'e1', noon + day)).toEqual({ send: false, reason: 'sent already' });
    }
  });

  test('that somebody is sending right now is to be asked for later', () => {
    expect(decideMail(claimed('e1'), 'e1', noon + rules.lease - 1)).toEqual({
      send: false,
      reason: 'in progress',
      later: true,
    });
  });

  test('whose sender was never heard of again is sent when the claim has expired', () => {
    expect(decideMail(claimed('e1'), 'e1', noon + rules.lease)).toMatchObject({ send: true });
  });

  test('comes a minute after the one before at the earliest: another one is told to come later', () => {
    const record = sent('e1');
    expect(decideMail(record, 'e2', noon + minute - 1)).toEqual({
      send: false,
      reason: 'a minute apart',
      later: true,
    });
    expect(decideMail(record, 'e2', noon + minute)).toMatchObject({ send: true });
  });

  test('is not the sixth of a day, and may be the first of the next', () => {
    const record = [1, 2, 3, 4].reduce(
      (before, at) => send(before, `e${at + 1}`, noon + at * minute),
      sent('e1'),
    );
    expect(decideMail(record, 'e6', noon + day / 2 - 1)).toEqual({ send: false, reason: 'daily cap' });
    expect(decideMail(record, 'e6', noon + day / 2)).toMatchObject({ send: true });
  });

  test('may be one of more a day, if so many are allowed', () => {
    const record = [1, 2, 3, 4].reduce(
      (before, at) => send(before, `e${at + 1}`, noon + at * minute),
      sent('e1'),
    );
    expect(decideMail(record, 'e6', noon + 5 * minute, 6)).toMatchObject({ send: true });
  });

  test('is never sent after a hard bounce or a complaint', () => {
    for (const suppressed of ['bounce', 'complaint'] as const) {
      const record = { ...newRecord('a'), suppressed };
      expect(decideMail(record, 'e1', noon)).toEqual({ send: false, reason: 'suppressed' });
    }
  });

  test('is forgotten after eight days, when no link of it is good any more', () => {
    const decision = decideMail(sent('e1'), 'e2', noon + 8 * day);
    expect(decision).toMatchObject({ record: { mails: [{ id: 'e2' }] } });
  });

  test('is sent once unless its claim expired, five of them a day, a minute apart, whatever happens in between', () => {
    fc.assert(
      fc.property(fc.array(aDelivery, { maxLength: 120 }), (deliveries) => {
        const sends = play(deliveries);
        for (const [at, { id, time }] of sends.entries()) {
          const before = sends.slice(0, at);
          const again = before.filter((send) => send.id === id);
          expect(again.every((send) => !send.settled && send.time + rules.lease <= time)).toBe(true);
          const others = before.filter((send) => send.id !== id);
          expect(others.every((send) => send.time + minute <= time)).toBe(true);
          // A claim that expired is sent again, for nobody knows whether it was; else a mail could be lost for good.
          const today = others.filter((send) => utcDay(send.time) === utcDay(time));
          expect(new Set(today.map((send) => send.id)).size).toBeLessThan(5);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the hash of an address', () => {
  const key = Buffer.alloc(32, 7);

  test('is the same for every spelling of a mailbox, and says nothing without the key', () => {
    const hash = addressHash('amina@gmail.com', key);
    expect(addressHash('A.Mina+news@GoogleMail.com', key)).toBe(hash);
    expect(addressHash('amina@gmail.com', Buffer.alloc(32, 8))).not.toBe(hash);
    expect(addressHash('amina@example.org', key)).not.toBe(hash);
  });

  test('is another one for what an organisation invites it by, and for each organisation', () => {
    const email = 'amina@gmail.com';
    const hashes = [
      addressHash(email, key),
      invitationsHash(email, 'demo-network', key),
      invitationsHash(email, 'other-network', key),
    ];
    expect(new Set(hashes).size).toBe(3);
    expect(invitationsHash('A.Mina+news@GoogleMail.com', 'demo-network', key)).toBe(hashes[1]);
  });

  test('fits a tag of SES: letters, digits, "_" and "-"', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(addressHash(email, key)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      }),
    );
  });
});

function claimed(id: string, record = newRecord('a'), at = noon): MailRecord {
  const decision = decideMail(record, id, at);
  if (!decision.send) throw new Error(`It may not be sent: ${decision.reason}`);
  return decision.record;
}

function send(record: MailRecord, id: string, at: number): MailRecord {
  return settleMail(claimed(id, record, at), id, 'sent');
}

function sent(id: string): MailRecord {
  return send(newRecord('a'), id, noon);
}

/** One delivery of an event, some time after the last, and how far its handling gets. */
interface Delivery {
  id: string;
  after: number;
  fate: 'recorded' | 'sent, not recorded' | 'claimed, not sent';
  /** It had read the record before the delivery before it wrote. */
  stale: boolean;
}

const aDelivery: fc.Arbitrary<Delivery> = fc.record({
  id: fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8'),
  after: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 * minute }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: day }) },
  ),
  fate: fc.constantFrom('recorded', 'sent, not recorded', 'claimed, not sent'),
  stale: fc.boolean(),
});

/** What is sent when these deliveries come one after the other, over a store that takes only a record's successor. */
function play(deliveries: Delivery[]) {
  const sends: Array<{ id: string; time: number; settled: boolean }> = [];
  let stored = newRecord('a');
  let before = stored;
  let now = noon;
  for (const { id, after, fate, stale } of deliveries) {
    now += after;
    const read = stale ? before : stored;
    before = stored;
    const decision = decideMail(read, id, now);
    if (!decision.send || decision.record.version !== stored.version + 1) continue;
    stored = decision.record;
    if (fate === 'claimed, not sent') continue;
    sends.push({ id, time: now, settled: fate === 'recorded' });
    if (fate === 'recorded') stored = settleMail(stored, id, 'sent');
  }
  return sends;
}
