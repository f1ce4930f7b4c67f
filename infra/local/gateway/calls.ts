import type { Json, ServiceRequest } from '../contract.ts';
import { toAddresses } from '../mail/ses-message.ts';
import { toArn } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import type { Need } from './iam.ts';

/** What an SDK call does and what its caller must be allowed. */
interface Call {
  /** The operation's name: `PutItem`, `SendMessageBatch`, `GetObject`. */
  operation: string;
  needs: Need[];
}

/** Reads an SDK call. Undefined for one that no engine here runs. */
export function readCall(template: Template, request: ServiceRequest): Call | undefined {
  const { service, headers } = request;
  if (service === 's3') return bucketCall(request);
  if (service === 'ses') return mailCall(template, request);
  const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
  const needs = READERS[service]?.(operation, parse(request));
  return needs && { operation, needs };
}

const READERS: Record<string, (operation: string, body: Json) => Need[]> = {
  dynamodb: tableNeeds,
  sqs: (operation, { QueueName, QueueUrl }) => {
    const name = QueueName ?? String(QueueUrl).split('/').at(-1);
    return [need(`sqs:${operation.replace(/Batch$/, '')}`, toArn('sqs', name))];
  },
  events: (operation, { Entries = [] }) =>
    Entries.map(({ EventBusName = 'default' }: Json) => {
      const isArn = EventBusName.startsWith('arn:');
      return need(`events:${operation}`, isArn ? EventBusName : toArn('events', `event-bus/${EventBusName}`));
    }),
  secretsmanager: (operation, { SecretId }) => [need(`secretsmanager:${operation}`, SecretId)],
};

function need(action: string, resource: string, context: Need['context'] = {}): Need {
  return { action, resource, context };
}

function parse({ body }: ServiceRequest): Json {
  return body.length > 0 ? JSON.parse(body.toString()) : {};
}

/** A transaction needs the right to each of its parts, as if they came alone. */
const TRANSACT: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

function tableNeeds(operation: string, body: Json): Need[] {
  if (/^Transact/.test(operation)) {
    const parts: [string, Json][] = body.TransactItems.flatMap((part: Json) => Object.entries(part));
    return parts.map(([kind, { TableName }]) => tableNeed(TRANSACT[kind] ?? kind, TableName));
  }
  if (/^Batch/.test(operation))
    return Object.keys(body.RequestItems).map((name) => tableNeed(operation, name));
  return [tableNeed(operation, body.TableName, body.IndexName)];
}

function tableNeed(operation: string, table: unknown, index?: string): Need {
  const arn = toArn('dynamodb', `table/${String(table).replace(/^.*table\//, '')}`);
  return need(`dynamodb:${operation}`, index ? `${arn}/index/${index}` : arn);
}

function bucketCall({ method, url, headers }: ServiceRequest): Call | undefined {
  const [path = ''] = url.split('?');
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/s.exec(decodeURIComponent(path)) ?? [];
  const operations = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' };
  const operation = operations[method as keyof typeof operations];
  if (!bucket || !key || !operation || headers['x-amz-copy-source']) return undefined;
  const action = operation.replace('Head', 'Get');
  return { operation, needs: [need(`s3:${action}`, `arn:aws:s3:::${bucket}/${key}`)] };
}

const MAIL_OPERATIONS: [request: RegExp, operation: string][] = [
  [/^GET \/v2\/email\/account$/, 'GetAccount'],
  [/^PUT \/v2\/email\/suppression\/addresses$/, 'PutSuppressedDestination'],
  [/^GET \/v2\/email\/suppression\/addresses\/[^/]+$/, 'GetSuppressedDestination'],
  [/^DELETE \/v2\/email\/suppression\/addresses\/[^/]+$/, 'DeleteSuppressedDestination'],
];

function mailCall(template: Template, request: ServiceRequest): Call | undefined {
  const called = `${request.method} ${request.url}`;
  if (called === 'POST /v2/email/outbound-emails') return sendCall(template, parse(request));
  const [, operation] = MAIL_OPERATIONS.find(([pattern]) => pattern.test(called)) ?? [];
  return operation ? { operation, needs: [need(`ses:${operation}`, '*')] } : undefined;
}

/** A raw message needs SendRawEmail, in version 2 of the API too; the identity is the address's own or its domain's. */
function sendCall(template: Template, body: Json): Call {
  const raw = body.Content?.Raw?.Data;
  const header = () => /^from:(.*)$/im.exec(Buffer.from(raw ?? '', 'base64').toString())?.[1];
  const from: string = body.FromEmailAddress ?? header() ?? '';
  const [address = ''] = toAddresses([from]);
  const identities = template.ofType('AWS::SES::EmailIdentity').map(([id]) => template.nameOf(id));
  const identity = identities.includes(address) ? address : address.replace(/^.*@/, '');
  const arns = [toArn('ses', `identity/${identity}`)];
  if (body.ConfigurationSetName) arns.push(toArn('ses', `configuration-set/${body.ConfigurationSetName}`));
  const action = raw ? 'ses:SendRawEmail' : 'ses:SendEmail';
  return {
    operation: 'SendEmail',
    needs: arns.map((arn) => need(action, arn, { 'ses:FromAddress': address })),
  };
}
