import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { sendEmail } from '../../shared/aws/ses.ts';
import { deliverableAddress } from '../../shared/kernel/mailbox.ts';
import type { WrittenMail } from './write-mail.ts';

const sender = /* @__PURE__ */ setting('SENDER');
/** SES has read the message and will never take it. */
const final = ['MessageRejected', 'BadRequestException'];

/**
 * Sends a mail. SES has no idempotency token: a reply that was lost may mean a second mail, which is
 * harmless here, and capped. Tags come back with SES's events; they hold no address.
 */
export async function sendMail(mail: WrittenMail, tags: Record<string, string>): Promise<'sent' | 'refused'> {
  try {
    await sendEmail({
      from: `${quoted(mail.from)} <${sender}>`,
      to: deliverableAddress(mail.to),
      tags,
      content: {
        Simple: {
          Subject: { Data: mail.subject, Charset: 'UTF-8' },
          Body: {
            Text: { Data: mail.text, Charset: 'UTF-8' },
            Html: { Data: mail.html, Charset: 'UTF-8' },
          },
          Headers: [{ Name: 'Content-Language', Value: mail.language }],
        },
      },
    });
    return 'sent';
  } catch (error) {
    // Only the name: SES's message may repeat the address.
    const { name } = error as Error;
    if (!final.includes(name)) throw new Error(`SES did not take a mail: ${name}`);
    log('warn', 'a mail was refused by SES', { reason: name });
    return 'refused';
  }
}

/** A display name of RFC 5322; outside ASCII as an encoded word of RFC 2047, which SES asks for. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
}
