import { createHash } from 'node:crypto';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { mailAddressOf, toContent, withoutMail } from './compose-letter.ts';
import { fromLetterId, type Letter } from './letter.ts';
import type { LetterContent } from './letter-content.ts';
import { isLetterError, letterError } from './letter-error.ts';
import { type Parties, readParties } from './letter-parties.ts';
import { getLetter, moveLetter, nameLetter } from './letter-store.ts';
import { putPdf } from './pdf-store.ts';
import { bundledLetterAssets, defineTypesetter } from './typeset-letter.ts';

const siteUrl = setting('SITE_URL');
const typeset = defineTypesetter(bundledLetterAssets(setting('LAMBDA_TASK_ROOT')));

export const handler = queueReactor(['LetterRequested'], async ({ detail }, now) => {
  const letter = await getLetter(fromLetterId(detail.letter));
  if (letter?.state !== 'requested') return;
  const parties = await readParties(letter, now);
  try {
    if (!parties) throw letterError('no-text', letter.number, [letter.campaign]);
    const content = toContent(letter, parties, siteUrl);
    await keep(letter, content, typeset(content), parties, now);
  } catch (error) {
    if (!isLetterError(error)) throw error;
    // Trying again would fail the same way: a person has to change the text.
    log('error', 'a letter cannot be typeset', { letter: detail.letter, reason: error.code, error });
    await moveLetter(letter, ['requested'], 'failed', now, { reason: error.code });
  }
});

/** A file is named by its hash: another run, for which an office or a text was changed in between, puts one of its own. */
async function keep(
  letter: Letter,
  { addressee, organisations }: LetterContent,
  bytes: Uint8Array,
  parties: Parties,
  now: number,
): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const pdf = { key: `${letter.campaign}/${letter.letter}/${sha256}.pdf`, sha256, bytes: bytes.length };
  await Promise.all([putPdf(pdf.key, bytes), nameLetter(letter)]);
  const { language, version } = parties.text;
  const named = { office: addressee.office, organisations: organisations.map(({ name }) => name) };
  const facts = { pdf, named, text: { language, version, fallback: parties.fallback } };
  const { to, ...reason } = nextOf(parties);
  await moveLetter(letter, ['requested'], to, now, { ...facts, ...reason });
}

/** What becomes of a composed letter: it is sent, or waits for a person, or cannot go out. */
function nextOf({ campaign, target }: Parties): { to: Letter['state']; reason?: string } {
  if (campaign.letters.approval) return { to: 'composed' };
  return mailAddressOf(target) ? { to: 'approved' } : withoutMail(target);
}
