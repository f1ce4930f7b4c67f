import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { bundle } from '../constructs/bundle.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { copyLetterAssets } from '../constructs/letter-assets.ts';
import type { MailSender } from '../constructs/mail-sender.ts';
import { reactDirectly, reactThroughQueue } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import { hearSesFeedback } from '../constructs/ses-feedback.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditRoom } from './audit.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { MembersRoom } from './members.ts';
import type { TalliesRoom } from './tallies.ts';
import type { TargetsRoom } from './targets.ts';

export interface LettersRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  bus: IEventBus;
  sender: MailSender;
  siteUrl: string;
  campaigns: CampaignsRoom;
  members: MembersRoom;
  tallies: TalliesRoom;
  targets: TargetsRoom;
}

/** Letters to governments: requested at a milestone, composed, approved, sent once. */
export class LettersRoom extends Construct {
  readonly table: RoomTable;
  readonly deadLetters: DeadLetterQueue;
  readonly #bucket: Bucket;
  readonly #typesetters: Code;
  readonly #siteUrl: string;

  constructor(scope: Construct, id: string, props: LettersRoomProps) {
    super(scope, id);
    const { stage } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.table = new RoomTable(this, 'Table', {
      stage,
      partitionKey: 'campaign',
      sortKey: 'letter',
      announces: true,
    });
    this.#bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: stage.retain,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(this.#bucket, {
      'AwsSolutions-S1':
        'Only three functions reach it, each by one action; access logs would cost more than they tell.',
    });
    this.#siteUrl = props.siteUrl;
    // One asset for all of them: typst and the fonts are most of it.
    this.#typesetters = bundle(
      {
        'compose/index': 'letters/compose-letter.event',
        'preview/index': 'letters/preview-letter.http',
        'problems/index': 'campaigns/get-problems.http',
        'publish/index': 'campaigns/publish.http',
      },
      { copy: copyLetterAssets },
    );
    this.#request(props);
    this.#compose(props);
    this.#send(props);
    this.#show(props);
    this.#run(props);
    this.#preview(props);
    this.#write(props);
    this.#prove(props);
  }

  /**
   * A function with typst and the fonts beside it, also of another room; `handler` is its place in the asset that they
   * share. It is granted nothing.
   */
  typesetter(
    scope: Construct,
    id: string,
    handler: `${'compose' | 'preview' | 'problems' | 'publish'}/index.handler`,
  ): HouseFunction {
    return new HouseFunction(scope, id, {
      entry: { code: this.#typesetters, handler },
      environment: { SITE_URL: this.#siteUrl },
      // typst is a native library, which npm has for x86-64 only in this version.
      architecture: Architecture.X86_64,
      memorySize: 1_024,
      // API Gateway and the CDN wait for 30 s: this one answers before them.
      timeout: Duration.seconds(29),
    });
  }

  /** Lets a function of another room read what campaigns say in their letters. */
  grantWords(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:Query');
  }

  /** Lets a function of another room read when letters were requested and delivered. */
  grantTimes(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:Query');
  }

  #request({ bus, campaigns, tallies, targets }: LettersRoomProps): void {
    const reactor = new HouseFunction(this, 'RequestLetters', {
      entry: 'letters/request-letters.event',
      // A partition takes about 250 letters a second, and the registry may have thousands of offices.
      timeout: Duration.minutes(2),
    });
    this.#grantTable(reactor, 'dynamodb:PutItem');
    campaigns.grantRead(reactor);
    targets.grantRegistry(reactor);
    tallies.grantHistory(reactor);
    reactDirectly(this, 'Request', {
      bus,
      events: ['MilestoneReached'],
      reactor,
      deadLetters: this.deadLetters,
    });
  }

  #compose({ bus, campaigns, targets }: LettersRoomProps): void {
    const reactor = this.typesetter(this, 'ComposeLetter', 'compose/index.handler');
    // The texts are queried, the letter is read and moved on, and its number is put.
    this.#grantTable(
      reactor,
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    );
    this.#grantFiles(reactor, 's3:PutObject');
    campaigns.grantNamed(reactor);
    targets.grantOffice(reactor);
    reactThroughQueue(this, 'Compose', {
      bus,
      events: ['LetterRequested'],
      reactor,
      deadLetters: this.deadLetters,
      batchSize: 5,
      maxConcurrency: 2,
    });
  }

  #send({ bus, campaigns, sender, siteUrl, targets }: LettersRoomProps): void {
    const reactor = this.#withTable(
      'SendLetter',
      'letters/send-letter.event',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
    );
    reactor.addEnvironment('SITE_URL', siteUrl);
    this.#grantFiles(reactor, 's3:GetObject');
    campaigns.grantNamed(reactor);
    targets.grantOffice(reactor);
    sender.grantSend(reactor);
    reactThroughQueue(this, 'Send', {
      bus,
      events: ['LetterApproved'],
      reactor,
      deadLetters: this.deadLetters,
      batchSize: 1,
      maxConcurrency: 2,
      // A claim is waited for until it is known or given up, and SES may be busy: that is no failure.
      maxReceiveCount: 100,
    });
    const record = this.#withTable('RecordDelivery', 'letters/record-delivery.event', 'dynamodb:UpdateItem');
    hearSesFeedback(this, 'Delivery', {
      configurationSet: sender.configurationSet,
      tag: 'letter',
      outcomes: { eventType: ['Delivery', 'Bounce', 'Reject'] },
      reactor: record,
      deadLetters: this.deadLetters,
    });
  }

  #show({ api, campaigns, members }: LettersRoomProps): void {
    const list = this.#withTable('ListLetters', 'letters/list-letters.http', 'dynamodb:Query');
    const get = this.#withTable('GetLetter', 'letters/get-letter.http', 'dynamodb:GetItem');
    const pdf = this.#withTable('GetLetterPdf', 'letters/get-letter-pdf.http', 'dynamodb:GetItem');
    this.#grantFiles(pdf, 's3:GetObject');
    for (const reader of [list, get, pdf]) {
      campaigns.grantRead(reader);
      members.grantRead(reader);
    }
    api.campaignerRoute('GET /v1/campaigns/{slug}/letters', list);
    api.campaignerRoute('GET /v1/letters/{id}', get);
    api.campaignerRoute('GET /v1/letters/{id}/pdf', pdf);
  }

  /** What a person does with a letter: approves, retries, cancels it, or records that it is there. */
  #run({ api, audit, campaigns, members, targets }: LettersRoomProps): void {
    const run = this.#withTable(
      'RunLetter',
      'letters/run-letter.http',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
    );
    audit.grantAppend(run);
    for (const room of [campaigns, members]) room.grantRead(run);
    targets.grantOffice(run);
    for (const step of ['approve', 'retry', 'cancel', 'record-sent'])
      api.campaignerRoute(`POST /v1/letters/{id}/${step}`, run);
  }

  /** What a campaigner sees before a letter is sent. */
  #preview({ api, campaigns, members, tallies, targets }: LettersRoomProps): void {
    const preview = this.typesetter(this, 'PreviewLetter', 'preview/index.handler');
    this.#grantTable(preview, 'dynamodb:Query');
    tallies.grantHistory(preview);
    campaigns.grantNamed(preview);
    members.grantRead(preview);
    targets.grantRegistry(preview);
    api.campaignerRoute('GET /v1/campaigns/{slug}/letters/preview', preview);
  }

  /** The words that a campaign's letters are written in. */
  #write({ api, audit, campaigns, members }: LettersRoomProps): void {
    const list = this.#withTable('GetLetterTexts', 'letters/get-letter-texts.http', 'dynamodb:Query');
    const get = this.#withTable('GetLetterText', 'letters/get-letter-text.http', 'dynamodb:GetItem');
    const put = this.#withTable(
      'PutLetterText',
      'letters/put-letter-text.http',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
    );
    for (const handler of [list, get, put]) {
      campaigns.grantRead(handler);
      members.grantRead(handler);
    }
    audit.grantAppend(put);
    api.campaignerRoute('GET /v1/campaigns/{slug}/letters/texts', list);
    api.campaignerRoute('GET /v1/campaigns/{slug}/letters/texts/{language}', get);
    api.campaignerRoute('PUT /v1/campaigns/{slug}/letters/texts/{language}', put);
  }

  /** What anyone who holds a letter can check it by. */
  #prove({ api, campaigns, tallies }: LettersRoomProps): void {
    const show = this.#withTable('ShowLetter', 'letters/show-letter.http', 'dynamodb:GetItem');
    for (const room of [campaigns, tallies]) room.grantRead(show);
    api.route('GET /letters/{number}', show);
    api.route('GET /letters', new HouseFunction(this, 'FindLetter', { entry: 'letters/find-letter.http' }));
  }

  #withTable(id: string, entry: string, ...actions: string[]): HouseFunction {
    const handler = new HouseFunction(this, id, { entry });
    this.#grantTable(handler, ...actions);
    return handler;
  }

  #grantTable(handler: HouseFunction, ...actions: string[]): void {
    handler.addEnvironment('LETTERS_TABLE', this.table.tableName);
    this.table.grant(handler, ...actions);
  }

  #grantFiles(handler: HouseFunction, action: string): void {
    handler.addEnvironment('LETTERS_BUCKET', this.#bucket.bucketName);
    handler.addToRolePolicy(
      new PolicyStatement({ actions: [action], resources: [this.#bucket.arnForObjects('*')] }),
    );
    const bucket = Stack.of(this).getLogicalId(this.#bucket.node.defaultChild as CfnBucket);
    acknowledge(handler.role as IRole, {
      [`AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`]: 'Any letter in the bucket, by one action.',
    });
  }
}
