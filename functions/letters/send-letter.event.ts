import { setting } from '../../shared/aws/env.ts';
import { isPassing } from '../../shared/aws/is-passing.ts';
import { log } from '../../shared/aws/log.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { mailAddressOf, toContent, withoutMail } from './compose-letter.ts';
import { fromLetterId, type Letter, toLetterId, toMailTag } from './letter.ts';
import { isLetterError } from './letter-error.ts';
import { type Halted, readParties } from './letter-parties.ts';
import { getLetter } from './letter-store.ts';
import { type Facts, moveLetter } from './move-letter.ts';
import { getPdf } from './pdf-store.ts';
import { sendRaw } from './send-raw.ts';
import { type RawMail, writeCoverMail } from './write-cover-mail.ts';

const siteUrl = setting('SITE_URL');

/** A claim without a record is `unknown` after this (milliseconds): longer than any sending takes. */
const claimLifetime = 30_000;

/**
 * Claims, sends, records. SES cannot tell a repeat, so what was claimed is never sent again: when a claim has no
 * record, whether the letter went out is unknown until SES's events or a person tell.
 */
export const handler = queueReactor(['LetterApproved'], async ({ detail }, now) => {
  const letter = await getLetter(fromLetterId(detail.letter));
  if (letter?.state === 'sending') await settleClaim(letter, now);
  if (letter?.state !== 'approved' || !letter.pdf) return;
  const mail = await toMail(letter, now);
  if ('reason' in mail) {
    await moveLetter(letter, ['approved'], mail.to, now, { reason: mail.reason });
    return;
  }
  const attempt = letter.version + 1;
  // Somebody was faster; or it was us, and only the database's answer was lost. Either way it is looked at again.
  if (!(await moveLetter(letter, ['approved'], 'sending', now, { attempt, messageId: undefined })))
    throw new Error('Not yet: the letter is claimed');
  const tags = { letter: toMailTag(letter, attempt), campaign: letter.campaign };
  await record({ ...letter, version: attempt }, await sendRaw(mail, tags));
});

/** A claim that is young may still be recorded: it throws, so that the letter is looked at again. */
async function settleClaim(letter: Letter, now: number): Promise<void> {
  if (letter.changedAt >= now - claimLifetime) throw new Error('Not yet: the letter is being sent');
  await moveLetter(letter, ['sending'], 'unknown', now);
  log('warn', 'a letter was claimed but not recorded as sent', { letter: toLetterId(letter) });
}

/** All that can fail without harm is done before the claim; and why there is nothing to send, when there is not. */
async function toMail(letter: Letter, now: number): Promise<RawMail | Halted> {
  const [parties, pdf] = await Promise.all([readParties(letter, now), getPdf(letter.pdf?.key ?? '')]);
  if ('reason' in parties) return parties;
  const address = mailAddressOf(parties.target);
  if (!address) return withoutMail(parties.target);
  try {
    return await writeCoverMail(toContent(letter, parties, siteUrl), address, pdf);
  } catch (error) {
    // What campaign or registry say was changed since it was composed: trying again would fail the same way.
    if (isLetterError(error)) return { to: 'failed', reason: error.code };
    throw error;
  }
}

async function record(letter: Letter, outcome: Awaited<ReturnType<typeof sendRaw>>): Promise<void> {
  switch (outcome.state) {
    case 'sent':
      // A delivery may have been told already; it is not taken back.
      await settle(letter, 'sent', { messageId: outcome.messageId });
      return;
    case 'refused':
      await settle(letter, 'failed', { reason: outcome.reason });
      return;
    case 'throttled':
      await settle(letter, 'approved');
      throw new Error('SES takes no more at the moment');
    case 'unknown':
      await settle(letter, 'unknown');
      log('warn', 'whether a letter was sent is unknown', { letter: toLetterId(letter) });
  }
}

/** Nobody else knows the outcome: what passes by itself is waited for. */
function settle(letter: Letter, to: Letter['state'], facts: Facts = {}): Promise<boolean> {
  return untilSaved(async () => {
    try {
      return await moveLetter(letter, ['sending'], to, Date.now(), facts);
    } catch (error) {
      if (!isPassing(error)) throw error;
      return undefined;
    }
  }, 'What became of a letter cannot be recorded at the moment.');
}
