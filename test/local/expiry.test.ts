import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callEngine } from '../../infra/local/engines/engine-client.ts';
import { type Engines, startEngines } from '../../infra/local/engines/engines.ts';
import { expire } from '../../infra/local/engines/expiry.ts';
import { aFolder } from './a-stack.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines(aFolder('engines'));
});
afterAll(() => engines?.stop());

describe('expiry', () => {
  it('deletes items whose time is over, and no other', async () => {
    const call = (action: string, body: object) =>
      callEngine(engines.dynamodb, `DynamoDB_20120810.${action}`, { TableName: 'Items', ...body });
    const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }];
    await call('CreateTable', {
      KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    });
    await call('PutItem', { Item: { pk: { S: 'over' }, expires: { N: '99' } } });
    await call('PutItem', { Item: { pk: { S: 'later' }, expires: { N: '100' } } });
    await call('PutItem', { Item: { pk: { S: 'never' } } });

    const properties = { KeySchema, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };
    await expire(engines.dynamodb, 'Items', properties, 100);

    const { Items } = await call('Scan', {});
    expect(Items.map(({ pk }: { pk: { S: string } }) => pk.S).sort()).toEqual(['later', 'never']);
  });
});
