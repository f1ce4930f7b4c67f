import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { setting } from '../../shared/aws/env.ts';
import type { RawMail } from './write-cover-mail.ts';

const configurationSet = /* @__PURE__ */ setting('CONFIGURATION_SET');
/** One attempt only: a second could be a second letter. */
const ses = /* @__PURE__ */ new SESv2Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 6_000, throwOnRequestTimeout: true },
});

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
    const { MessageId } = await ses.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        ConfigurationSetName: configurationSet,
        EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        Content: { Raw: { Data: bytes } },
      }),
    );
    return { state: 'sent', messageId: MessageId ?? '' };
  } catch (error) {
    return whyNot(error as { name: string; $fault?: string });
  }
}

/** An answer of SES is certain; anything else leaves open whether the message got through. */
function whyNot({ name, $fault }: { name: string; $fault?: string }): Outcome {
  if (/Throttl|TooManyRequests|LimitExceeded/.test(name)) return { state: 'throttled' };
  return $fault === 'client' ? { state: 'refused', reason: name } : { state: 'unknown' };
}
