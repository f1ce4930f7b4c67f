import { createHash } from 'node:crypto';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { toContent } from './compose-letter.ts';
import { fromLetterId, type Letter } from './letter.ts';
import { isLetterError } from './letter-error.ts';
import { readParties } from './letter-parties.ts';
import { getLetter, moveLetter } from './letter-store.ts';
import { putPdf } from './pdf-store.ts';
import { bundledLetterAssets, defineTypesetter } from './typeset-letter.ts';

const siteUrl = setting('SITE_URL');
const typeset = defineTypesetter(bundledLetterAssets(setting('LAMBDA_TASK_ROOT')));

export const handler = queueReactor(['LetterRequested'], async ({ detail }, now) => {
  const letter = await getLetter(fromLetterId(detail.letter));
  if (letter?.state !== 'requested') return;
  const parties = await readParties(letter, now);
  try {
    const content = toContent(letter, parties, siteUrl);
    await keep(letter, typeset(content), content.language, parties.campaign.letters.approval, now);
  } catch (error) {
    if (!isLetterError(error)) throw error;
    // Trying again would fail the same way: a person has to change the text.
    log('error', 'a letter cannot be typeset', { letter: detail.letter, reason: error.code });
    await moveLetter(letter, ['requested'], 'failed', now, { reason: error.code });
  }
});

/** Equal letters give equal bytes, so that a second run puts the same file under the same name. */
async function keep(
  letter: Letter,
  bytes: Uint8Array,
  language: string,
  approval: boolean,
  now: number,
): Promise<void> {
  const key = `${letter.campaign}/${letter.letter}.pdf`;
  await putPdf(key, bytes);
  const pdf = { key, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  await moveLetter(letter, ['requested'], approval ? 'composed' : 'approved', now, { pdf, language });
}
