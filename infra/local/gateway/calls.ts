import type { ServiceRequest } from '../contract.ts';
import { toArn } from '../template/resource-types.ts';
import type { LoadedTemplate } from '../template/template.ts';
import type { Need } from './iam.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies of SDK calls are open JSON.
type Json = any;
interface Call {
  /** The operation's name: `PutItem`, `SendMessageBatch`, `GetObject`. */
  operation: string;
  needs: Need[];
}
/** Names what an SDK call does and what its caller must be allowed. Undefined for a call that no engine here runs. */
export type ReadCall = (request: ServiceRequest) => Call | undefined;

export function createCallReader(template: LoadedTemplate): ReadCall {
  const readers: Record<string, (request: ServiceRequest) => Call | undefined> = {
    dynamodb: createTableReader(template),
    sqs: (request) => queueCall(operationOf(request), parse(request)),
    events: (request) => busCall(operationOf(request), parse(request)),
    secretsmanager: (request) => secretCall(template, operationOf(request), parse(request)),
    s3: bucketCall,
    ses: (request) => mailCall(template, request),
  };
  return (request) => readers[request.service]?.(request);
}

function operationOf({ headers }: ServiceRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? '';
}

function parse({ body }: ServiceRequest): Json {
  return body.length > 0 ? JSON.parse(body.toString()) : {};
}

function need(action: string, resource: string, context: Need['context'] = {}): Need {
  return { action, resource, context: { 'aws:SecureTransport': ['true'], ...context } };
}

function createTableReader(template: LoadedTemplate) {
  const hashKeys = new Map<string, string>();
  for (const [id, properties] of template.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    const keys = [properties, ...(properties['GlobalSecondaryIndexes'] ?? [])];
    for (const { KeySchema, IndexName = '' } of keys) {
      const hash = KeySchema.find((key: Json) => key.KeyType === 'HASH');
      hashKeys.set(`${template.nameOf(id)}/${IndexName}`, hash.AttributeName);
    }
  }
  const item = (action: string, body: Json): Need => {
    const table = String(body.TableName).replace(/^.*table\//, '');
    const arn = toArn('dynamodb', `table/${table}`);
    const resource = body.IndexName ? `${arn}/index/${body.IndexName}` : arn;
    const leading = leadingKeys(body, hashKeys.get(`${table}/${body.IndexName ?? ''}`) ?? '');
    return need(`dynamodb:${action}`, resource, leading && { 'dynamodb:LeadingKeys': leading });
  };
  return (request: ServiceRequest): Call => {
    const operation = operationOf(request);
    const body = parse(request);
    if (/^Transact/.test(operation)) {
      const parts = body.TransactItems.flatMap((part: Json) => Object.entries<Json>(part));
      return {
        operation,
        needs: parts.map(([kind, inner]: [string, Json]) => item(TRANSACT[kind] ?? kind, inner)),
      };
    }
    if (/^Batch(Get|Write)Item$/.test(operation)) {
      const tables = Object.entries<Json>(body.RequestItems);
      return {
        operation,
        needs: tables.flatMap(([table, inner]) => batchNeeds(operation, table, inner, item)),
      };
    }
    return { operation, needs: [item(operation, body)] };
  };
}

const TRANSACT: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

function batchNeeds(
  operation: string,
  TableName: string,
  inner: Json,
  item: (a: string, b: Json) => Need,
): Need[] {
  const keys = inner.Keys ?? inner.map((w: Json) => w.PutRequest?.Item ?? w.DeleteRequest?.Key);
  return keys.map((Key: Json) => item(operation, { TableName, Key }));
}

/** The partition keys that a call reads or writes; undefined where it is not tied to any (a scan). */
function leadingKeys(body: Json, hashKey: string): string[] | undefined {
  const key = (body.Key ?? body.Item)?.[hashKey] ?? queriedKey(body, hashKey);
  return key && [String(Object.values(key)[0])];
}

function queriedKey(body: Json, hashKey: string): Json {
  for (const [, name = '', value = ''] of (body.KeyConditionExpression ?? '').matchAll(
    /(#?\w+)\s*=\s*(:\w+)/g,
  )) {
    if ((body.ExpressionAttributeNames?.[name] ?? name) === hashKey)
      return body.ExpressionAttributeValues?.[value];
  }
  return undefined;
}

function queueCall(operation: string, body: Json): Call {
  const name = body.QueueName ?? String(body.QueueUrl).split('/').at(-1);
  return { operation, needs: [need(`sqs:${operation.replace(/Batch$/, '')}`, toArn('sqs', name))] };
}

function busCall(operation: string, body: Json): Call {
  const needs = (body.Entries ?? []).map(({ EventBusName = 'default', Source, DetailType }: Json) => {
    const arn = EventBusName.startsWith('arn:') ? EventBusName : toArn('events', `event-bus/${EventBusName}`);
    return need('events:PutEvents', arn, { 'events:source': [Source], 'events:detail-type': [DetailType] });
  });
  return { operation, needs };
}

function secretCall(template: LoadedTemplate, operation: string, { SecretId }: Json): Call {
  const secrets = template.ofType('AWS::SecretsManager::Secret').map(([id]) => id);
  const id = secrets.find((secret) => [template.nameOf(secret), template.value(secret)].includes(SecretId));
  return { operation, needs: [need(`secretsmanager:${operation}`, id ? template.value(id) : SecretId)] };
}

const OBJECT_OPERATIONS: Record<string, [operation: string, action: string]> = {
  GET: ['GetObject', 's3:GetObject'],
  HEAD: ['HeadObject', 's3:GetObject'],
  PUT: ['PutObject', 's3:PutObject'],
  POST: ['PutObject', 's3:PutObject'],
  DELETE: ['DeleteObject', 's3:DeleteObject'],
};

function bucketCall({ method, url, headers }: ServiceRequest): Call | undefined {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [bucket = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
  const key = rest.join('/');
  const arn = `arn:aws:s3:::${bucket}`;
  if (key === '') {
    const prefix = { 's3:prefix': [searchParams.get('prefix') ?? ''] };
    if (method === 'GET') return { operation: 'ListObjectsV2', needs: [need('s3:ListBucket', arn, prefix)] };
    if (method === 'HEAD') return { operation: 'HeadBucket', needs: [need('s3:ListBucket', arn)] };
    if (method === 'POST' && searchParams.has('delete')) {
      return { operation: 'DeleteObjects', needs: [need('s3:DeleteObject', `${arn}/*`)] };
    }
    return undefined;
  }
  const [operation, action] = OBJECT_OPERATIONS[method] ?? [];
  if (!operation || !action) return undefined;
  const needs = [need(action, `${arn}/${key}`)];
  const source = headers['x-amz-copy-source'];
  if (source)
    needs.push(need('s3:GetObject', `arn:aws:s3:::${decodeURIComponent(source).replace(/^\//, '')}`));
  return { operation: source ? 'CopyObject' : operation, needs };
}

const MAIL_OPERATIONS: [method: string, path: RegExp, operation: string][] = [
  ['GET', /^\/v2\/email\/account$/, 'GetAccount'],
  ['PUT', /^\/v2\/email\/suppression\/addresses$/, 'PutSuppressedDestination'],
  ['GET', /^\/v2\/email\/suppression\/addresses\/[^/]+$/, 'GetSuppressedDestination'],
  ['DELETE', /^\/v2\/email\/suppression\/addresses\/[^/]+$/, 'DeleteSuppressedDestination'],
];

function mailCall(template: LoadedTemplate, request: ServiceRequest): Call | undefined {
  const path = request.url.replace(/\?.*/, '');
  if (request.method === 'POST' && path === '/v2/email/outbound-emails')
    return sendCall(template, parse(request));
  const [, , operation] = MAIL_OPERATIONS.find(([m, p]) => m === request.method && p.test(path)) ?? [];
  return operation ? { operation, needs: [need(`ses:${operation}`, '*')] } : undefined;
}

/** A raw message needs SendRawEmail, in version 2 of the API too; the identity is the address's own or its domain's. */
function sendCall(template: LoadedTemplate, body: Json): Call {
  const raw = body.Content?.Raw?.Data;
  const from =
    body.FromEmailAddress ?? /^from:(.*)$/im.exec(Buffer.from(raw ?? '', 'base64').toString())?.[1] ?? '';
  const address = (/<([^>]*)>/.exec(from)?.[1] ?? from).trim();
  const identities = template.ofType('AWS::SES::EmailIdentity').map(([id]) => template.nameOf(id));
  const identity = identities.includes(address) ? address : address.replace(/^.*@/, '');
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = body.Destination ?? {};
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  const context = { 'ses:FromAddress': [address], 'ses:Recipients': recipients };
  const action = raw ? 'ses:SendRawEmail' : 'ses:SendEmail';
  const arns = [body.FromEmailAddressIdentityArn ?? toArn('ses', `identity/${identity}`)];
  if (body.ConfigurationSetName) arns.push(toArn('ses', `configuration-set/${body.ConfigurationSetName}`));
  return { operation: 'SendEmail', needs: arns.map((arn) => need(action, arn, context)) };
}
