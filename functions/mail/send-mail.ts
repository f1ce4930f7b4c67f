import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { deliverableAddress } from '../../shared/kernel/mailbox.ts';
import type { WrittenMail } from './write-mail.ts';

const sender = /* @__PURE__ */ setting('SENDER');
const configurationSet = /* @__PURE__ */ setting('CONFIGURATION_SET');
const ses = /* @__PURE__ */ new SESv2Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 6_000, throwOnRequestTimeout: true },
});
/** SES has read the message and will never take it. */
const final = ['MessageRejected', 'BadRequestException'];

/**
 * Sends a confirmation. SES has no idempotency token: a reply that was lost may mean a second mail, which is
 * harmless here, and capped. Tags come back with SES's events; they hold no address.
 */
export async function sendMail(mail: WrittenMail, tags: Record<string, string>): Promise<'sent' | 'refused'> {
  try {
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: `${quoted(mail.from)} <${sender}>`,
        Destination: { ToAddresses: [deliverableAddress(mail.to)] },
        ConfigurationSetName: configurationSet,
        EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        Content: {
          Simple: {
            Subject: { Data: mail.subject, Charset: 'UTF-8' },
            Body: {
              Text: { Data: mail.text, Charset: 'UTF-8' },
              Html: { Data: mail.html, Charset: 'UTF-8' },
            },
            Headers: [{ Name: 'Content-Language', Value: mail.language }],
          },
        },
      }),
    );
    return 'sent';
  } catch (error) {
    // Only the name: SES's message may repeat the address.
    const { name } = error as Error;
    if (!final.includes(name)) throw new Error(`SES did not take a confirmation: ${name}`);
    log('warn', 'a confirmation was refused by SES', { reason: name });
    return 'refused';
  }
}

/** A display name of RFC 5322; outside ASCII as an encoded word of RFC 2047, which SES asks for. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
}
