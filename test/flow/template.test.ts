import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack, type Template } from '../support/a-stack.ts';
import { aVisitor, until } from '../support/a-visitor.ts';

describe('what runs is what the template says', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  const logged: string[] = [];
  beforeAll(async () => {
    const edit = (template: Template) => {
      addRoute(template);
      addRule(template);
      removeGrant(template, 'ActionsTakePledgeRole', 'dynamodb:UpdateItem');
    };
    stack = await aStack({ edit, log: (line) => logged.push(line) });
    visitor = aVisitor(stack.url);
  });
  afterAll(() => stack?.stop());

  it('serves a route that was added', async () => {
    expect((await visitor.get('/v1/also/mental-health-for-all/tally')).status).toBe(200);
  });

  it('follows a rule that was added: its queue gets the event', async () => {
    await visitor.sign(aSignature());
    const sqs = new SQSClient(stack.host.client);
    const QueueUrl = stack.host.template.value('AddedQueue');
    const message = await until(
      async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0],
      'the event in the added queue',
    );
    expect(JSON.parse(message.Body ?? '')).toMatchObject({
      'detail-type': 'ActionTaken',
      source: 'groundswell',
    });
    expect(message.Body).not.toContain('amina');
  });

  it('runs what is scheduled', async () => {
    const rules = stack.host.template.ofType('AWS::Events::Rule').map(([id]) => id);
    await stack.host.fire(rules.find((id) => id.startsWith('ActionsForgetUnconfirmed')) ?? '');
    await stack.host.quiet();
    expect(
      Object.keys(stack.host.invocations()).some((name) => name.startsWith('ActionsForgetUnconfirmed')),
    ).toBe(true);
    expect(logged.filter((line) => line.includes('ForgetUnconfirmed'))).toEqual([]);
  });

  it('refuses a call whose grant was removed', async () => {
    const pledge = {
      ...aSignature({ email: 'eve@example.org' }),
      amount: 2_500,
      currency: 'EUR',
      interval: 'once',
      pledger: { type: 'individual' },
    };
    const answer = await visitor.pledge(pledge);
    expect([answer.status, (await answer.json()).title]).toEqual([500, 'internal error']);
    expect(logged.join('\n')).toContain('AccessDenied');
  });
});

function addRoute({ Resources }: Template): void {
  const tally = Object.values(Resources).find(
    ({ Properties }) => Properties?.RouteKey === 'GET /v1/campaigns/{slug}/tally',
  );
  Resources['AddedRoute'] = {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { ...tally?.Properties, RouteKey: 'GET /v1/also/{slug}/tally' },
  };
}

function addRule({ Resources }: Template): void {
  const rule = Object.values(Resources).find(({ Properties }) =>
    Properties?.EventPattern?.['detail-type']?.includes('ActionTaken'),
  );
  Resources['AddedQueue'] = { Type: 'AWS::SQS::Queue', Properties: {} };
  Resources['AddedRule'] = {
    Type: 'AWS::Events::Rule',
    Properties: {
      ...rule?.Properties,
      Targets: [{ Id: 'Added', Arn: { 'Fn::GetAtt': ['AddedQueue', 'Arn'] } }],
    },
  };
}

function removeGrant({ Resources }: Template, role: string, action: string): void {
  const [, own] =
    Object.entries(Resources).find(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith(role)) ??
    [];
  const document = own?.Properties.Policies[0].PolicyDocument;
  const statements = document.Statement as { Action: string | string[] }[];
  const left = statements.filter(({ Action }) => ![Action].flat().includes(action));
  expect(left.length).toBe(statements.length - 1);
  document.Statement = left;
}
