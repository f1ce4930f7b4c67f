import { createHash } from 'node:crypto';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { mailAddressOf, toContent, withoutMail } from './compose-letter.ts';
import { fromLetterId, type Letter, toLetterId } from './letter.ts';
import type { LetterContent } from './letter-content.ts';
import { isLetterError } from './letter-error.ts';
import { type Halted, type Parties, readParties } from './letter-parties.ts';
import { getLetter, nameLetter } from './letter-store.ts';
import { moveLetter } from './move-letter.ts';
import { putPdf } from './pdf-store.ts';
import { bundledLetterAssets, defineTypesetter } from './typeset-letter.ts';

const siteUrl = setting('SITE_URL');
const typeset = defineTypesetter(bundledLetterAssets(setting('LAMBDA_TASK_ROOT')));

export const handler = queueReactor(['LetterRequested'], async ({ detail }, now) => {
  const letter = await getLetter(fromLetterId(detail.letter));
  if (letter?.state !== 'requested') return;
  const parties = await readParties(letter, now);
  if ('reason' in parties) return halt(letter, parties, now);
  try {
    const content = toContent(letter, parties, siteUrl);
    await keep(letter, content, typeset(content), parties, now);
  } catch (error) {
    if (!isLetterError(error)) throw error;
    // Trying again would fail the same way: a person has to change the text.
    await halt(letter, { to: 'failed', reason: error.code }, now, error);
  }
});

async function halt(letter: Letter, { to, reason }: Halted, now: number, error?: Error): Promise<void> {
  log(to === 'failed' ? 'error' : 'info', 'a letter is not composed', {
    letter: toLetterId(letter),
    reason,
    ...(error && { error }),
  });
  await moveLetter(letter, ['requested'], to, now, { reason });
}

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
function nextOf({ campaign, target }: Parties): Pick<Halted, 'to'> & Partial<Halted> {
  if (campaign.letters.approval) return { to: 'composed' };
  return mailAddressOf(target) ? { to: 'approved' } : withoutMail(target);
}
