/** A process that stores actions as the functions do, and tells what they became. Rows are cast in these moulds. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toActionId, toKey } from '../../functions/actions/action.ts';
import { askAction, confirmAction, getAction, withdrawAction } from '../../functions/actions/action-store.ts';
import { aStoredPledge, someDetails } from '../../test/support/an-action.ts';
import { marks } from './row.ts';

/** Items in DynamoDB's JSON. */
export interface Moulds {
  signature: string;
  withdrawn: string;
  pledge: string;
}

const { CAMPAIGN: root = '', ACTIONS_TABLE: TableName } = process.env;
const database = new DynamoDBClient();
const said = {
  campaign: root,
  email: 'amina.otieno@example.org',
  country: marks.country,
  partner: 'other-org',
};

process.send?.({
  signature: await store('signature', 'b', false),
  withdrawn: await store('signature', 'c', true),
  pledge: await store('pledge', 'd', false),
} satisfies Moulds);
process.disconnect();

async function store(kind: 'signature' | 'pledge', letter: string, isWithdrawn: boolean): Promise<string> {
  const id = toActionId({ root, kind, hash: letter.repeat(43) });
  const pledge = kind === 'pledge' ? { pledge: aStoredPledge() } : {};
  await askAction(id, someDetails({ ...said, ...pledge }), Number(marks.askedAt));
  const asked = await getAction(id);
  await confirmAction(id, asked?.askedVersion ?? 0, Number(marks.confirmedAt));
  if (isWithdrawn) await withdrawAction(id, Number(marks.withdrawnAt));
  const { Item } = await database.send(new GetItemCommand({ TableName, Key: marshall({ ...toKey(id) }) }));
  return JSON.stringify({ ...Item, pk: { S: marks.pk }, sk: { S: marks.sk } });
}
