/** The message of an SES v2 SendEmail call, as the bytes that would travel. */
import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';

/** The body of `POST /v2/email/outbound-emails`; blobs are base64. */
export interface SendEmailBody {
  FromEmailAddress?: string;
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  ReplyToAddresses?: string[];
  ConfigurationSetName?: string;
  EmailTags?: { Name: string; Value: string }[];
  Content?: { Simple?: SimpleMessage; Raw?: { Data: string } };
}
interface SimpleMessage {
  Subject: { Data: string };
  Body: { Text?: { Data: string }; Html?: { Data: string } };
  Headers?: { Name: string; Value: string }[];
  Attachments?: SimpleAttachment[];
}
interface SimpleAttachment {
  RawContent: string;
  FileName: string;
  ContentType?: string;
}
export interface Header {
  name: string;
  value: string;
}

/** Undefined when the content is neither simple nor raw. Raw bytes are kept as they came. */
export async function toMessage(body: SendEmailBody, id: string, at: Date): Promise<Buffer | undefined> {
  const { Simple, Raw } = body.Content ?? {};
  if (Raw?.Data) return Buffer.from(Raw.Data, 'base64');
  return Simple ? compose(body, Simple, id, at) : undefined;
}

function compose(body: SendEmailBody, simple: SimpleMessage, id: string, at: Date): Promise<Buffer> {
  const { ToAddresses = [], CcAddresses = [] } = body.Destination ?? {};
  const { Text, Html } = simple.Body;
  const composer = new MailComposer({
    messageId: `<${id}@email.amazonses.com>`,
    date: at,
    from: body.FromEmailAddress,
    to: ToAddresses,
    cc: CcAddresses,
    replyTo: body.ReplyToAddresses ?? [],
    subject: simple.Subject.Data,
    headers: (simple.Headers ?? []).map(({ Name, Value }) => ({ key: Name, value: Value })),
    ...(Text && { text: Text.Data }),
    ...(Html && { html: Html.Data }),
    attachments: (simple.Attachments ?? []).map(toAttachment),
    // A message is made of what the caller sent, never of this machine's files or of what a URL holds.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function toAttachment({ RawContent, FileName, ContentType }: SimpleAttachment) {
  const content = Buffer.from(RawContent, 'base64');
  return { content, filename: FileName, ...(ContentType && { contentType: ContentType }) };
}

/** The header lines of a message, unfolded, in their order. */
export function readHeaders(message: Buffer): Header[] {
  const [block = ''] = message.toString('utf8', 0, 2 ** 16).split(/\r?\n\r?\n/, 1);
  const lines = block.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return lines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
}

/** The bare addresses of header values such as `Ada <ada@example.org>, b@example.org`. */
export function toAddresses(values: (string | undefined)[]): string[] {
  return values.flatMap((value) =>
    addressparser(value ?? '', { flatten: true }).map(({ address }) => address ?? ''),
  );
}
