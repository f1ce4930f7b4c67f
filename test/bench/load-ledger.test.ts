import { describe, expect, it } from 'vitest';
import { countsOf, countsOfActions, differencesOf, sumOf } from '../../bench/load/counts.ts';
import { waitsFor } from '../../bench/load/freshness.ts';
import { createLedger } from '../../bench/load/ledger.ts';
import type { Submission } from '../../bench/load/submission.ts';

const span = { begun: 0, ended: 10 };
const answered = (status: number, retries: number[] = []) => ({ status, retries });

function aSubmission(mailbox: number, changes: Partial<Submission> = {}): Submission {
  return {
    ...{
      at: 0,
      sort: 'valid',
      what: 'valid',
      path: '/',
      contentType: 'application/json',
      body: '{}',
      status: 202,
    },
    supporter: { mailbox, counted: { kind: 'signature', country: 'KE', partner: 'here', source: 'qr' } },
    ...changes,
  };
}

/** A ledger of submissions that were sent and answered by these statuses. */
function aLedgerOf(...submissions: [Submission, number][]) {
  const ledger = createLedger();
  for (const [submission, status] of submissions) {
    ledger.send(submission);
    ledger.takeSubmission(submission, answered(status), span);
  }
  return ledger;
}

describe('a ledger', () => {
  it('expects of the tally what was confirmed, each mailbox once', () => {
    const money = { currency: 'EUR', amount: 2_500 };
    const pledge = aSubmission(2, {
      supporter: { mailbox: 2, counted: { kind: 'pledge', country: 'FR', source: 'qr', money } },
    });
    const repeat = aSubmission(1, { sort: 'duplicate' });
    const ledger = aLedgerOf([aSubmission(1), 202], [repeat, 202], [pledge, 202], [aSubmission(3), 202]);

    for (const mailbox of [1, 1, 2]) ledger.takeConfirmation(mailbox, answered(200), span);

    expect(ledger).toMatchObject({ accepted: 4, confirmed: 2, waiting: 1 });
    expect(ledger.counts()).toEqual({
      'signatures.total': 1n,
      'signatures.byCountry.KE': 1n,
      'signatures.byPartner.here': 1n,
      'signatures.bySource.qr': 1n,
      'pledges.total': 1n,
      'pledges.byCountry.FR': 1n,
      'pledges.byCurrency.EUR.count': 1n,
      'pledges.byCurrency.EUR.amount': 2_500n,
    });
  });

  it('tells of answers that the contract does not allow, and how often', () => {
    const invalid = { sort: 'invalid', what: 'unknown country', status: 422 } as const;
    const { supporter: _, ...nobody } = aSubmission(1, invalid);

    const ledger = aLedgerOf([nobody, 422], [nobody, 202], [nobody, 202], [aSubmission(2), 409]);

    expect(ledger.differences(false)).toEqual([
      { what: 'answer to a submission, unknown country', expected: '422', found: '202, 2 times' },
      { what: 'answer to a submission, valid', expected: '202', found: '409' },
    ]);
  });

  it('takes trouble for what it is: not accepted, no broken promise', () => {
    const ledger = aLedgerOf([aSubmission(1), 503], [aSubmission(2), 0], [aSubmission(3), 429]);

    expect(ledger.refused).toEqual({ 0: 1, 429: 1, 503: 1 });
    expect(ledger.differences(false)).toEqual([]);
  });

  it('misses who was accepted and never could confirm, unless the run was cut short', () => {
    const ledger = aLedgerOf([aSubmission(1), 202], [aSubmission(2), 202]);
    ledger.takeConfirmation(1, answered(200), span);

    expect(ledger.differences(false)).toEqual([
      { what: 'mailboxes accepted that never could confirm', expected: '0', found: '1' },
    ]);
    expect(ledger.differences(true)).toEqual([]);
  });

  it('lets a newer request overtake a link, and no other link be dead', () => {
    const ledger = aLedgerOf([aSubmission(1), 202], [aSubmission(1), 202], [aSubmission(2), 202]);

    for (const mailbox of [1, 2]) ledger.takeConfirmation(mailbox, answered(410), span);

    expect(ledger.overtaken).toBe(1);
    expect(ledger.differences(true)).toEqual([
      { what: 'answer to a confirmation', expected: '200', found: '410' },
    ]);
  });

  it('counts what was sent again by its reason', () => {
    const ledger = createLedger();
    ledger.takeSubmission(aSubmission(1), answered(202, [429, 429, 0]), span);

    expect(ledger.retried).toEqual({ 0: 1, 429: 2 });
  });
});

describe('counts', () => {
  const tally = {
    signatures: { total: 3, byCountry: { KE: 2, FR: 1 }, byPartner: {}, bySource: {} },
    pledges: {
      total: 1,
      byCurrency: { EUR: { count: 1, amount: '9007199254740993', fulfilled: 0 } },
      byCountry: { KE: 1 },
    },
  };

  it('are exact beyond what a number of JSON holds', () => {
    expect(countsOf(tally as never)['pledges.byCurrency.EUR.amount']).toBe(9_007_199_254_740_993n);
  });

  it('differ in whatever is more or less than what was there and what was added', () => {
    const expected = sumOf(countsOf(tally as never), countsOfActions([{ kind: 'signature', country: 'FR' }]));
    const found = {
      ...expected,
      'signatures.total': 5n,
      'signatures.byCountry.FR': 1n,
      'signatures.byCountry.DE': 1n,
    };

    expect(differencesOf(expected, expected)).toEqual([]);
    expect(differencesOf(expected, found)).toEqual([
      { what: 'signatures.byCountry.DE', expected: '0', found: '1' },
      { what: 'signatures.byCountry.FR', expected: '2', found: '1' },
      { what: 'signatures.total', expected: '4', found: '5' },
    ]);
  });
});

describe('freshness', () => {
  it('is the wait of the k-th confirmation for a tally with k more', () => {
    const sightings = [
      { at: 50, total: 100 },
      { at: 200, total: 102 },
      { at: 500, total: 103 },
    ];

    expect(waitsFor([130, 110, 150], sightings, 100)).toEqual([90, 70, 350]);
  });

  it('leaves out what was never seen, and does not go below nothing', () => {
    expect(waitsFor([300, 400], [{ at: 290, total: 1 }], 0)).toEqual([0]);
  });
});
