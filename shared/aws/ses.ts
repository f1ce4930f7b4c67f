import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { setting } from './env.ts';

const configurationSet = /* @__PURE__ */ setting('CONFIGURATION_SET');

/** One attempt only: SES has no idempotency token, and a second could be a second mail. */
const client = /* @__PURE__ */ new SESv2Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 6_000, throwOnRequestTimeout: true },
});

export interface Mail {
  /** An address, or a display name and an address, of RFC 5322. */
  from: string;
  to: string;
  /** Come back with SES's events; they hold no address. Letters, digits, `_` and `-`. */
  tags: Record<string, string>;
  content: SendEmailCommandInput['Content'];
}

/** Hands one mail to SES, and answers its message id. What SES throws is its sender's to judge. */
export async function sendEmail({ from, to, tags, content }: Mail): Promise<string> {
  const { MessageId } = await client.send(
    new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      ConfigurationSetName: configurationSet,
      EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
      Content: content,
    }),
  );
  return MessageId ?? '';
}
