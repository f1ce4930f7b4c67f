import { setTimeout as sleep } from 'node:timers/promises';
import { audited, type Entry } from '../../shared/audit/entry.ts';
import { readIsSigned } from '../actions/read.ts';
import { isCounted } from '../tallies/read.ts';
import { applySettings } from './apply-settings.ts';
import { askFrozen, changesOfAsk, isUnasked, requirePaused } from './ask.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignSettings } from './campaign-settings.ts';
import { changeCampaign, etagOf } from './change-campaign.ts';

/**
 * Milliseconds in which a confirmation that was decided on the campaign as it was before is written: 1 s for which functions
 * remember what is paused, and 1 s to write. One that takes longer still, in these very seconds, is not seen.
 */
const settling = 2_000;

interface Change {
  settings: CampaignSettings;
  entry: Omit<Entry, 'changes'>;
  /** The header If-Match, if it was sent. */
  ifMatch: string | undefined;
  now: number;
}

/**
 * Puts settings in the place of a campaign's own. What it asks is never another than what somebody has signed, not for a
 * moment: first it is held, so that what was asked is confirmed no more (`heldSince`); then it is looked whether somebody had
 * confirmed it before; only then is it changed, or else let go again. Who stops on the way leaves it as it was, and held for
 * 10 s at most (`requireConfirmable`).
 * @throws Problem `conflict` when the ask is signed, or not paused; and what `applySettings` and `changeCampaign` throw.
 */
export async function changeSettings(slug: string, change: Change): Promise<Campaign> {
  const { settings, entry, ifMatch, now } = change;
  const author = { audited: audited(entry, now), ifMatch };
  const next = await changeCampaign(slug, author, (stored) => setOrHold(stored, settings, now));
  const changes = changesOfAsk(next, settings);
  if (changes.length === 0) return next;
  await sleep(settling);
  try {
    if (await readIsSigned(next)) throw askFrozen(changes);
    return await changeHeld(next, change);
  } catch (refusal) {
    await release(next, change);
    throw refusal;
  }
}

/**
 * The campaign with the settings; or, when its ask could have been signed, as it is, but held. What is signed already is refused
 * at once: the tally knows most of it, but tells of a confirmation only a second or two later, so the actions are asked, too.
 */
async function setOrHold(stored: Campaign, settings: CampaignSettings, now: number): Promise<Campaign> {
  const next = applySettings(stored, settings, now);
  const changes = changesOfAsk(stored, next);
  if (changes.length === 0 || stored.status === 'draft') return next;
  if (await isCounted(stored.slug)) throw askFrozen(changes);
  if (isUnasked(stored, now)) return next;
  requirePaused(stored, changes, now);
  if (await readIsSigned(stored)) throw askFrozen(changes);
  return { ...stored, heldSince: new Date(now).toISOString() };
}

/** On the very version that was held: who has resumed or changed it in these seconds wins. */
function changeHeld(held: Campaign, { settings, entry, now }: Change): Promise<Campaign> {
  const author = { audited: audited(entry, now + settling), ifMatch: etagOf(held) };
  return changeCampaign(held.slug, author, (stored) => applySettings(stored, settings, now));
}

/** What was asked can be confirmed again, unless another holds it by now. */
async function release(held: Campaign, { entry, now }: Change): Promise<void> {
  await changeCampaign(held.slug, { audited: audited(entry, now + settling) }, (stored) => {
    if (stored.heldSince !== held.heldSince) return stored;
    const { heldSince: _heldSince, ...rest } = stored;
    return rest;
  });
}
