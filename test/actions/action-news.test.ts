import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Action, keyHash } from '../../functions/actions/action.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { noon } from '../support/a-campaign.ts';
import {
  anAction,
  aStoredPledge,
  aStoredSupport,
  askedAgain,
  confirmed,
  erased,
  invalidated,
  remembering,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';

let actionNews: (before: unknown, after: unknown) => CatalogueEvent[];
beforeAll(async () => {
  Object.assign(process.env, {
    ACTIONS_TABLE: 'Actions',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://x.example',
  });
  ({ actionNews } = await import('../../functions/actions/read.ts'));
});

const pending = anAction();
const hash = keyHash(pending);
const counted = {
  campaign: 'mental-health-for-all',
  root: 'mental-health-for-all',
  kind: 'signature',
  country: 'KE',
};
const iso = (at: number) => new Date(at).toISOString();

describe('the news of an action', () => {
  test('are that it was taken, with the version that a link confirms', () => {
    expect(actionNews(undefined, pending)).toEqual([
      {
        name: 'ActionTaken',
        detail: {
          v: 1,
          id: `actions:${hash}:11`,
          at: iso(noon),
          action: 'mental-health-for-all~signature~ChZx',
          version: 11,
        },
      },
    ]);
  });

  test('are that it was confirmed, and what it counts by', () => {
    expect(actionNews(pending, confirmed(pending))).toMatchObject([
      {
        name: 'ActionConfirmed',
        detail: { id: `actions:${hash}:12`, at: iso(noon + 1_000), after: counted },
      },
    ]);
  });

  test('say by which link somebody came, and that a supporter may be shown, of whom they say no more', () => {
    const said = { ...someDetails({ source: 'qr', display: 'name' }), expiresAt: noon };
    const before = anAction({ asked: said });
    const [event] = actionNews(before, confirmed(before));
    expect(event?.detail).toMatchObject({ after: { ...counted, source: 'qr', shown: true } });
    expect(JSON.stringify(event?.detail)).not.toMatch(/Amina|Otieno|name/);
  });

  test('are of a pledge without money that it was confirmed, without an amount', () => {
    const asked = { ...someDetails({ pledge: aStoredSupport() }), expiresAt: noon };
    const before = anAction({ pk: 'mental-health-for-all#pledge#0a', asked });
    const [event] = actionNews(before, confirmed(before));
    expect(event).toMatchObject({
      name: 'ActionConfirmed',
      detail: { after: { ...counted, kind: 'pledge' } },
    });
    expect(event?.detail).not.toHaveProperty('after.pledge');
  });

  test('are that it was taken again, not that it changed, when a repeat waits for its confirmation', () => {
    const before = confirmed(pending);
    expect(actionNews(before, askedAgain(before, { country: 'FR' }))).toMatchObject([
      { name: 'ActionTaken', detail: { id: `actions:${hash}:13`, at: iso(noon + 120_000), version: 13 } },
    ]);
  });

  test('are that it changed, from what to what, once the repeat is confirmed', () => {
    const before = askedAgain(confirmed(pending), { country: 'FR' });
    expect(actionNews(before, confirmed(before))).toMatchObject([
      { name: 'ActionChanged', detail: { before: counted, after: { ...counted, country: 'FR' } } },
    ]);
  });

  test.each([
    ['withdrawn', withdrawn, 'ActionWithdrawn', {}],
    ['erased', erased, 'ActionErased', {}],
    ['invalidated', invalidated, 'ActionInvalidated', { reason: 'automated' }],
  ])('are that it was %s, and what it counted by', (_, leave, name, facts) => {
    const before = confirmed(pending);
    const after = leave(before);
    expect(actionNews(before, after)).toMatchObject([
      {
        name,
        detail: { id: `actions:${hash}:13`, at: iso(after.changedAt ?? 0), before: counted, ...facts },
      },
    ]);
  });

  test('are that it is confirmed when it is signed anew after a withdrawal', () => {
    const before = askedAgain(withdrawn(confirmed(pending)));
    expect(actionNews(before, confirmed(before))).toMatchObject([{ name: 'ActionConfirmed' }]);
  });

  test('are none when what was withdrawn is erased, or a request is withdrawn before it was confirmed', () => {
    const left = withdrawn(confirmed(pending));
    expect(actionNews(left, erased(left))).toEqual([]);
    expect(actionNews(pending, erased(pending))).toEqual([]);
  });

  test('are none when a pledge is confirmed that has to be verified, and that it is confirmed when it was', () => {
    const asked = { ...someDetails({ pledge: aStoredPledge({ toVerify: true }) }), expiresAt: noon };
    const before = anAction({ pk: 'mental-health-for-all#pledge#0a', asked });
    const unverified = confirmed(before);
    expect(actionNews(before, unverified)).toEqual([]);
    const current = someDetails({ pledge: aStoredPledge({ toVerify: false }) });
    const verified = remembering(unverified, 'confirmed', current);
    expect(actionNews(unverified, verified)).toMatchObject([
      { name: 'ActionConfirmed', detail: { after: { pledge: { amount: 2_500 } } } },
    ]);
  });

  test('tell of each change once at most, and add up to what counts in the end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (taken) => {
        let action: Action = pending;
        let counts = 0;
        const ids = new Set<string>();
        for (const step of taken) {
          const next = step(action);
          const events = actionNews(action, next);
          expect(events.length).toBeLessThanOrEqual(1);
          for (const { name, detail } of events) {
            expect(detail.id).toBe(`actions:${hash}:${next.version}`);
            ids.add(detail.id);
            counts += name === 'ActionConfirmed' ? 1 : left.includes(name) ? -1 : 0;
          }
          action = next;
          expect(counts).toBe(action.state === 'confirmed' ? 1 : 0);
        }
      }),
    );
  });
});

const left = ['ActionWithdrawn', 'ActionErased', 'ActionInvalidated'];

/** What can happen to an action; what its store would refuse leaves it as it is. */
const steps: Array<(action: Action) => Action> = [
  (action) => askedAgain(action, { country: 'FR' }),
  (action) => askedAgain(action, { country: 'KE' }),
  (action) => (action.asked ? confirmed(action) : action),
  (action) => (action.state === 'confirmed' ? withdrawn(action) : action),
  (action) => (action.state === 'pending' ? action : erased(action)),
  (action) => (action.state === 'confirmed' ? invalidated(action) : action),
];
