import { SesFeedback } from '../../shared/events/ses-feedback.ts';
import { fromMailTag, Letter } from './letter.ts';
import { moveLetter } from './move-letter.ts';

/** What SES tells of a letter settles also one of which it was unknown whether it was sent. */
const before: Letter['state'][] = ['sending', 'sent', 'unknown'];
const undelivered = Letter.shape.state.options.filter((state) => state !== 'delivered');

/** Of a mail that another has followed, only that it arrived says something of the letter. */
export const handler = async (event: unknown): Promise<void> => {
  const { kind, tag } = SesFeedback.parse(event);
  const { attempt, ...letter } = fromMailTag(tag);
  const [now, current] = [Date.now(), { ...letter, only: { current: attempt } }];
  if (kind === 'Delivery') await recordArrival(letter, attempt, now);
  if (kind === 'Reject') await moveLetter(current, before, 'failed', now, { reason: 'rejected' });
  // An office that bounces after its system took the mail is not delivered to.
  if (kind === 'Bounce')
    await moveLetter(current, [...before, 'delivered'], 'bounced', now, { bounced: attempt });
};

/** The office has the letter, whatever was to become of it: nothing more is sent. What bounced is not told to have arrived. */
async function recordArrival(
  letter: Pick<Letter, 'campaign' | 'letter'>,
  attempt: number | undefined,
  now: number,
): Promise<void> {
  if (attempt === undefined) await moveLetter(letter, [...before, 'cancelled'], 'delivered', now);
  else
    await moveLetter({ ...letter, only: { unbounced: attempt } }, undelivered, 'delivered', now, { attempt });
}
