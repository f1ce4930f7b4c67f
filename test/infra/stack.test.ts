import { describe, expect, test } from 'vitest';
import { aTemplate } from '../support/a-template.ts';

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation is open JSON.
type Json = any;
const [prod, dev] = [aTemplate('prod').toJSON() as Json, aTemplate('dev').toJSON() as Json];

/**
 * What has to outlive the stack: table, bucket, secret and campaigners' accounts by logical id. A change of one of these loses its data; pages of
 * others pin files of widgets that were.
 */
const stateful = [
  'ActionsTableF9F5EE8E',
  'AuditTable18A3095C',
  'CampaignsTable1934312B',
  'EdgeFilesBucket685BCC76',
  'Keys4E30B592',
  'LettersBucketA22802FD',
  'LettersTableB9F6BB48',
  'MailTable754359E9',
  'MembersTableC2CB1611',
  'NetworkTable3EF26751',
  'SignInPoolFD298EFA',
  'TalliesTable3688D1E0',
  'TargetsTable7507C723',
];

describe('what keeps data', () => {
  const kinds = [
    'AWS::Cognito::UserPool',
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
  ];

  test('has the logical ids that are deployed: another id would be another, empty one', () => {
    const keeping = kinds.flatMap((kind) => resources(prod, kind)).map(([id]) => id);
    expect(keeping.sort()).toEqual(stateful);
  });

  test('stays in prod, whatever happens to the stack', () => {
    for (const id of stateful) {
      expect(prod.Resources[id], id).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  test('goes with the stack in dev', () => {
    for (const id of stateful) expect(dev.Resources[id].DeletionPolicy, id).toBe('Delete');
  });

  test('is nothing else than tables, bucket, secret and accounts: all the rest can be made again', () => {
    const retained = Object.keys(prod.Resources).filter(
      (id) => prod.Resources[id].DeletionPolicy === 'Retain',
    );
    expect(retained.sort()).toEqual(stateful);
  });
});

describe('a table', () => {
  test.each(resources(prod, 'AWS::DynamoDB::Table'))(
    '%s can be restored and not be deleted in prod',
    (id, table) => {
      expect(table).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      expect(dev.Resources[id].Properties).toMatchObject({
        DeletionProtectionEnabled: false,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      });
    },
  );

  test('announces its changes by new and old images, if it announces', () => {
    const streams = resources(prod, 'AWS::DynamoDB::Table').map(([id, table]) => [
      nameOf(id),
      table.StreamSpecification?.StreamViewType,
    ]);
    expect(Object.fromEntries(streams)).toEqual({
      ActionsTable: 'NEW_AND_OLD_IMAGES',
      TalliesTable: 'NEW_AND_OLD_IMAGES',
      LettersTable: 'NEW_AND_OLD_IMAGES',
      CampaignsTable: undefined,
      MailTable: undefined,
      MembersTable: 'NEW_AND_OLD_IMAGES',
      NetworkTable: undefined,
      AuditTable: undefined,
      TargetsTable: undefined,
    });
  });

  test('removes by TTL what is unconfirmed, over, a marker, a mail record or an idempotency key, and nothing else', () => {
    const expiring = resources(prod, 'AWS::DynamoDB::Table').filter(
      ([, table]) => table.TimeToLiveSpecification?.AttributeName === 'expires',
    );
    expect(expiring.map(([id]) => nameOf(id)).sort()).toEqual([
      'ActionsTable',
      'AuditTable',
      'MailTable',
      'MembersTable',
      'TalliesTable',
    ]);
  });
});

describe('a function', () => {
  const functions = resources(prod, 'AWS::Lambda::Function');
  const ours = functions.filter(([id]) => !isCopier(id));

  test('is ours, but for the one with which the CDK copies files', () => {
    expect(functions.length - ours.length).toBe(1);
  });

  test.each(ours)('%s is built as the house builds them', (id, { Timeout, MemorySize, ...fn }) => {
    const isTypst = [
      'LettersComposeLetter',
      'LettersPreviewLetter',
      'CampaignsGetProblems',
      'CampaignsPublish',
    ].includes(nameOf(id));
    // Setting letters, importing a registry and recounting take longer; the last as long as Lambda lets it.
    const longest: Record<string, number> = {
      LettersComposeLetter: 30,
      LettersPreviewLetter: 29,
      CampaignsGetProblems: 29,
      CampaignsPublish: 29,
      LettersRequestLetters: 120,
      TalliesRecount: 900,
      TargetsImportTargets: 29,
    };
    expect(Timeout).toBeLessThanOrEqual(longest[nameOf(id)] ?? 10);
    expect(MemorySize).toBeGreaterThanOrEqual(256);
    expect(fn).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: [isTypst ? 'x86_64' : 'arm64'],
      LoggingConfig: { LogFormat: 'JSON' },
    });
    expect(fn).not.toHaveProperty('ReservedConcurrentExecutions');
    const log = prod.Resources[fn.LoggingConfig.LogGroup.Ref];
    expect(log).toMatchObject({ Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  });

  test('has a role of its own', () => {
    const roles = functions.map(([, { Role }]) => Role['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(functions.length);
    for (const role of roles) expect(prod.Resources[role].Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('may do no action and touch no resource by "*", but for listing streams, which knows no narrower one', () => {
    const wide = statements().filter(({ statement }) =>
      [statement.Action, statement.Resource].flat().some((it) => it === '*' || /^\w+:\*$/.test(it)),
    );
    expect(wide.map(({ statement }) => statement.Action)).toEqual(['dynamodb:ListStreams']);
  });

  test('may do what grants.txt says, and nothing else', async () => {
    const granted = functions.map(([id, { Role }]) => {
      const mine = statements().filter(({ roles }) => roles.includes(Role['Fn::GetAtt'][0]));
      return [nameOf(id), ...toGrants(mine.map(({ statement }) => statement))].join('\n  ');
    });
    await expect(`${granted.sort().join('\n')}\n`).toMatchFileSnapshot('grants.txt');
  });
});

describe('what feeds a function', () => {
  test.each(resources(prod, 'AWS::Events::Rule'))(
    '%s: the rule gives up into a dead-letter queue',
    (_, rule) => {
      for (const target of rule.Targets) {
        expect(nameOf(target.DeadLetterConfig?.Arn['Fn::GetAtt'][0])).toMatch(/DeadLetters$/);
      }
    },
  );

  const mappings = resources(prod, 'AWS::Lambda::EventSourceMapping');
  const fedByQueue = mappings.filter(([, { EventSourceArn }]) => EventSourceArn['Fn::GetAtt'][1] === 'Arn');
  const fedByStream = mappings.filter(
    ([, { EventSourceArn }]) => EventSourceArn['Fn::GetAtt'][1] === 'StreamArn',
  );

  test('is a queue or a stream', () => {
    expect(fedByQueue.length + fedByStream.length).toBe(mappings.length);
    expect([fedByQueue.length, fedByStream.length]).toEqual([4, 4]);
  });

  test.each(fedByQueue)(
    '%s: the queue hides a message six times as long as it is worked on, then dead-letters it',
    (_, mapping) => {
      const queue = prod.Resources[mapping.EventSourceArn['Fn::GetAtt'][0]].Properties;
      const { Timeout } = prod.Resources[mapping.FunctionName.Ref].Properties;
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
      expect(queue.MessageRetentionPeriod).toBe(14 * 24 * 3_600);
      expect(queue.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
      expect(nameOf(queue.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0])).toMatch(/DeadLetters$/);
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(mapping.ScalingConfig).toEqual({ MaximumConcurrency: 2 });
    },
  );

  test.each(fedByStream)(
    '%s: the stream is retried for 23 hours, of a record that fails, and put aside then',
    (_, mapping) => {
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        MaximumRecordAgeInSeconds: 23 * 3_600,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
      expect(nameOf(mapping.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0])).toBe(
        'OutboxDeadLetters',
      );
      const [{ Pattern }] = mapping.FilterCriteria.Filters;
      expect(JSON.parse(Pattern).eventName).toEqual(['INSERT', 'MODIFY']);
    },
  );

  test('gives up what Lambda itself retries into a dead-letter queue', () => {
    const called = resources(prod, 'AWS::Events::Rule')
      .flatMap(([, { Targets }]) => Targets.map(({ Arn }: Json) => Arn['Fn::GetAtt'][0]))
      .filter((id) => prod.Resources[id].Type === 'AWS::Lambda::Function');
    const configured = resources(prod, 'AWS::Lambda::EventInvokeConfig').map(([, config]) => {
      expect(nameOf(config.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0])).toMatch(/DeadLetters$/);
      return config.FunctionName.Ref;
    });
    expect(configured.sort()).toEqual([...new Set(called)].sort());
  });
});

describe('the API', () => {
  const routes = resources(prod, 'AWS::ApiGatewayV2::Route').map(([, route]) => route);

  test('asks for a campaigner’s token on the routes that routes.txt says, and nowhere else', async () => {
    const guarded = routes.filter(({ AuthorizationType }) => AuthorizationType === 'JWT');
    const lines = routes.map((route) => `${guarded.includes(route) ? 'token ' : 'public'} ${route.RouteKey}`);
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('routes.txt');
    expect(guarded.every(({ AuthorizerId }) => AuthorizerId?.Ref)).toBe(true);
    expect(
      routes.filter((route) => !guarded.includes(route)).every((r) => r.AuthorizationType === 'NONE'),
    ).toBe(true);
  });

  test('verifies tokens in the Authorization header (by whose, sign-in.test.ts says)', () => {
    const [[, authorizer]] = resources(prod, 'AWS::ApiGatewayV2::Authorizer') as [[string, Json]];
    expect(authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
    });
  });

  test('is throttled as a whole', () => {
    const [[, stage]] = resources(prod, 'AWS::ApiGatewayV2::Stage') as [[string, Json]];
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 4_000 });
  });

  test('logs neither addresses nor query strings: links carry tokens', () => {
    const [[, stage]] = resources(prod, 'AWS::ApiGatewayV2::Stage') as [[string, Json]];
    expect(stage.AccessLogSettings.Format).not.toMatch(/sourceIp|path|\.uri|querystring|userAgent/i);
  });

  test('answers any origin without credentials', () => {
    const [[, api]] = resources(prod, 'AWS::ApiGatewayV2::Api') as [[string, Json]];
    expect(api.CorsConfiguration).toMatchObject({ AllowOrigins: ['*'] });
    expect(api.CorsConfiguration.AllowCredentials ?? false).toBe(false);
  });
});

describe('the deployment', () => {
  test('keeps events for 30 days', () => {
    const [[, archive]] = resources(prod, 'AWS::Events::Archive') as [[string, Json]];
    expect(archive.RetentionDays).toBe(30);
  });

  test('has at most ten alarms, which are free, one for each queue where failures wait', () => {
    const alarms = resources(prod, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeLessThanOrEqual(10);
    const watched = alarms.flatMap(([, { Dimensions = [] }]) =>
      Dimensions.map(({ Value }: Json) => Value['Fn::GetAtt']?.[0]).filter(Boolean),
    );
    const failures = resources(prod, 'AWS::SQS::Queue').filter(([, queue]) => !queue.RedrivePolicy);
    expect(watched.sort()).toEqual(failures.map(([id]) => id).sort());
  });

  test('alarms when a recount logs an error: a difference, or that it failed', () => {
    const [[, filter]] = resources(prod, 'AWS::Logs::MetricFilter') as [[string, Json]];
    const [, recount] = resources(prod, 'AWS::Lambda::Function').find(
      ([id]) => nameOf(id) === 'TalliesRecount',
    ) as [string, Json];
    expect(filter.LogGroupName).toEqual(recount.LoggingConfig.LogGroup);
    expect(filter.FilterPattern).toBe('{ $.level = "ERROR" }');
    const [{ MetricName, MetricNamespace }] = filter.MetricTransformations;
    const [alarm] = resources(prod, 'AWS::CloudWatch::Alarm').filter(
      ([, { Namespace }]) => Namespace === MetricNamespace,
    );
    expect(alarm?.[1]).toMatchObject({ MetricName, Threshold: 1, Statistic: 'Sum' });
  });

  test('encrypts queues and bucket, and takes no unencrypted call', () => {
    for (const [, queue] of resources(prod, 'AWS::SQS::Queue')) expect(queue.SqsManagedSseEnabled).toBe(true);
    const denials = [
      ...resources(prod, 'AWS::SQS::QueuePolicy'),
      ...resources(prod, 'AWS::S3::BucketPolicy'),
    ];
    for (const [, policy] of denials) expect(JSON.stringify(policy)).toContain('aws:SecureTransport');
  });

  test('hands no address of a mail to a function', () => {
    const transformed = resources(prod, 'AWS::Events::Rule').flatMap(([, { Targets }]) =>
      Targets.map(({ InputTransformer }: Json) => InputTransformer).filter(Boolean),
    );
    expect(transformed).toHaveLength(2);
    for (const { InputPathsMap } of transformed) {
      for (const path of Object.values(InputPathsMap)) {
        expect(path).toMatch(/^\$\.(?:time|detail\.eventType|detail\.mail\.tags\.(?:mail|letter)\[0\])$/);
      }
    }
  });
});

function resources(template: Json, type: string): Array<[string, Json]> {
  return Object.entries<Json>(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
}

/** A logical id without the hash at its end. */
function nameOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}

/** The CDK's function behind `Custom::CDKBucketDeployment`. */
function isCopier(id: string): boolean {
  return id.startsWith('CustomCDKBucketDeployment');
}

function statements(): Array<{ roles: string[]; statement: Json }> {
  return resources(prod, 'AWS::IAM::Role').flatMap(([role, { Policies = [] }]) =>
    Policies.flatMap(({ PolicyDocument }: Json) =>
      PolicyDocument.Statement.map((statement: Json) => ({ roles: [role], statement })),
    ),
  );
}

/** A line for each service and resource that is not the function's own log: `dynamodb CampaignsTable: GetItem Query`. */
function toGrants(statements: Json[]): string[] {
  const grants = new Map<string, Set<string>>();
  for (const { Action, Resource } of statements) {
    for (const action of [Action].flat()) {
      const [service, verb] = action.split(':');
      for (const resource of [Resource].flat()) {
        const name = `${service} ${toText(resource)}`;
        grants.set(name, (grants.get(name) ?? new Set()).add(verb));
      }
    }
  }
  return [...grants]
    .filter(([name]) => !name.startsWith('logs '))
    .map(([name, verbs]) => `${name}: ${[...verbs].sort().join(' ')}`)
    .sort();
}

function toText(resource: Json): string {
  if (typeof resource === 'string') return resource;
  if (resource.Ref) return resource.Ref.startsWith('AWS::') ? '' : nameOf(resource.Ref);
  if (resource['Fn::GetAtt']) return nameOf(resource['Fn::GetAtt'][0]);
  const [, parts] = resource['Fn::Join'] ?? ['', []];
  return parts
    .map(toText)
    .join('')
    .replace(/[0-9a-f]{64}\.zip$/, 'asset')
    .replace(/^.*[:/](\w+)$/, '$1');
}
