import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Member } from './member.ts';

/** Keys: `email` in lower case, `organisation`. */
const table = /* @__PURE__ */ setting('MEMBERS_TABLE');

export async function listMemberships(email: string): Promise<Member[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: marshall({ ':email': email.toLowerCase() }),
    }),
  );
  return Items.map((item) => Member.parse(unmarshall(item)));
}

export async function putMember(member: Member): Promise<void> {
  await dynamo.send(
    new PutItemCommand({
      TableName: table,
      Item: marshall({ ...member, email: member.email.toLowerCase() }),
    }),
  );
}
