import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamo, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Member } from './member.ts';

/** Keys: `email` in lower case, `organisation`. */
const table = /* @__PURE__ */ setting('MEMBERS_TABLE');

export async function listMemberships(email: string): Promise<Member[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'email = :email',
    ExpressionAttributeValues: toItem({ ':email': email.toLowerCase() }),
  });
  return items.map((item) => Member.parse(item));
}

export async function putMember(member: Member): Promise<void> {
  await dynamo.send(
    new PutItemCommand({
      TableName: table,
      Item: toItem({ ...member, email: member.email.toLowerCase() }),
    }),
  );
}
