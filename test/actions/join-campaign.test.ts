import { describe, expect, test } from 'vitest';
import { type Action, type Details, mostJoined } from '../../functions/actions/action.ts';
import { countsOf, historyKey } from '../../functions/actions/count-history.ts';
import { confirmAsked, saidIn } from '../../functions/actions/join-campaign.ts';
import { hour, noon } from '../support/a-campaign.ts';
import {
  anAction,
  aStoredPledge,
  askedAgain,
  confirmed,
  invalidated,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';

const consents = [{ id: 'chapter-terms', version: 3, granted: true }];
const inKenya = { campaign: 'kenya', partner: 'other-org', source: 'qr', consents };
const inFrance = { campaign: 'france', source: 'share-link' };
/** A moment before the first link expires. */
const now = noon + hour - 1;

describe('confirming what was asked', () => {
  test('makes it current, whole, where nothing else was signed', () => {
    expect(confirmIt(anAction())).toEqual(someDetails());
  });

  test('takes the place of what was said in the same campaign', () => {
    const action = askedAgain(signed(inKenya), { campaign: 'kenya', country: 'FR' });
    expect(confirmIt(action)).toEqual(someDetails({ campaign: 'kenya', country: 'FR' }));
  });

  test('of another campaign keeps what was said in the one before: partner, source, consents and time', () => {
    const action = askedAgain(signed(inKenya), { ...inFrance, country: 'FR', display: 'name' });
    expect(confirmIt(action)).toEqual({
      ...someDetails({ ...inFrance, country: 'FR', display: 'name' }),
      joined: [{ ...inKenya, at: action.confirmedAt }],
    });
  });

  test('of a campaign that was joined before moves it to the end, with what is said there now', () => {
    const both = signed(inFrance, signed(inKenya));
    const again = confirmIt(askedAgain(both, { campaign: 'kenya', source: 'newsletter' }));
    expect(again).toMatchObject({ campaign: 'kenya', source: 'newsletter' });
    expect(again?.joined?.map(({ campaign }) => campaign)).toEqual(['france']);
  });

  test('keeps a root that was signed itself like any other campaign', () => {
    const action = askedAgain(signed({}), inKenya);
    expect(confirmIt(action)?.joined).toMatchObject([{ campaign: 'mental-health-for-all' }]);
  });

  test.each([
    ['withdrawn', withdrawn],
    ['invalidated', invalidated],
  ])('joins nothing that was %s', (_, leave) => {
    expect(confirmIt(askedAgain(leave(signed(inKenya)), inFrance))).toEqual(someDetails(inFrance));
  });

  test('leaves the campaign that was signed longest ago when there are more than an action keeps', () => {
    let action = signed({ campaign: 'chapter-0' });
    for (let at = 1; at <= mostJoined + 1; at++) action = signed({ campaign: `chapter-${at}` }, action);
    const kept = Array.from({ length: mostJoined }, (_, at) => `chapter-${at + 1}`);
    expect(action.current?.joined?.map(({ campaign }) => campaign)).toEqual(kept);
  });

  test('is not done by an older link, by one that has expired, or without one', () => {
    const action = askedAgain(signed(inKenya), inFrance);
    const { expiresAt = 0 } = action.asked ?? {};
    expect(confirmAsked(action, action.askedVersion - 1, now)).toBeUndefined();
    expect(confirmAsked(action, action.askedVersion, expiresAt)).toBeUndefined();
    expect(confirmAsked(action, action.askedVersion, expiresAt - 1)).toBeDefined();
    const { asked: _asked, ...without } = action;
    expect(confirmAsked(without, action.askedVersion, now)).toBeUndefined();
  });

  test('is not done in the millisecond of another confirmation, also of one that counted by nothing', () => {
    const action = askedAgain(signed(inKenya), inFrance);
    const taken = { ...action, history: { [historyKey(now, 'confirmed')]: null } };
    expect(confirmIt(taken)).toBeUndefined();
  });
});

describe('what an action of several campaigns counts by', () => {
  test('is what was said last, and in each other campaign where its supporter came from there', () => {
    const current = confirmIt(askedAgain(signed(inKenya), { ...inFrance, country: 'FR' }));
    expect(current && countsOf(current)).toEqual({
      campaign: 'france',
      country: 'FR',
      source: 'share-link',
      joined: [{ campaign: 'kenya', partner: 'other-org', source: 'qr' }],
    });
  });

  test('is nothing, in any of them, while the pledge that was made last is to be verified', () => {
    const pledge = aStoredPledge({ toVerify: true });
    const current = confirmIt(
      askedAgain(signed({ ...inKenya, pledge: aStoredPledge() }), { ...inFrance, pledge }),
    );
    expect(current && countsOf(current)).toBeNull();
  });
});

test('what was said in one campaign is found wherever it stands, and nothing of one that was not signed', () => {
  const current = confirmIt(askedAgain(signed(inKenya), inFrance)) ?? someDetails();
  expect(saidIn(current, 'france')).toMatchObject(inFrance);
  expect(saidIn(current, 'kenya')).toMatchObject(inKenya);
  expect(saidIn(current, 'brazil')).toBeUndefined();
});

/** An action that was confirmed with these details, after what stands confirmed already. */
function signed(details: Partial<Details>, before?: Action): Action {
  const asked = before
    ? askedAgain(before, details)
    : anAction({ asked: { ...someDetails(details), expiresAt: noon + hour } });
  const current = confirmIt(asked);
  return confirmed(asked, current ? { current } : {});
}

function confirmIt(action: Action) {
  return confirmAsked(action, action.askedVersion, now);
}
