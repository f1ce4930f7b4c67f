import { sendEmail } from '../../shared/aws/ses.ts';
import type { RawMail } from './write-cover-mail.ts';

export type Outcome =
  | { state: 'sent'; messageId: string }
  /** SES said no to this message, or to the account. */
  | { state: 'refused'; reason: string }
  /** SES said no for now. */
  | { state: 'throttled' }
  /** No answer: it may have been sent. */
  | { state: 'unknown' };

export async function sendRaw({ from, to, bytes }: RawMail, tags: Record<string, string>): Promise<Outcome> {
  try {
    const messageId = await sendEmail({ from, to, tags, content: { Raw: { Data: bytes } } });
    return { state: 'sent', messageId };
  } catch (error) {
    return whyNot(error as { name: string; $fault?: string });
  }
}

/** An answer of SES is certain; anything else leaves open whether the message got through. */
function whyNot({ name, $fault }: { name: string; $fault?: string }): Outcome {
  if (/Throttl|TooManyRequests|LimitExceeded/.test(name)) return { state: 'throttled' };
  return $fault === 'client' ? { state: 'refused', reason: name } : { state: 'unknown' };
}
