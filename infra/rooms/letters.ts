import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { copyLetterAssets } from '../constructs/letter-assets.ts';
import type { MailSender } from '../constructs/mail-sender.ts';
import { reactDirectly, reactThroughQueue } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import { hearSesFeedback } from '../constructs/ses-feedback.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { MembersRoom } from './members.ts';

export interface LettersRoomProps {
  stage: StageSettings;
  api: SiteApi;
  bus: IEventBus;
  sender: MailSender;
  siteUrl: string;
  campaigns: CampaignsRoom;
  members: MembersRoom;
}

/** Letters to governments: requested at a milestone, composed, approved, sent once. */
export class LettersRoom extends Construct {
  readonly table: RoomTable;
  readonly deadLetters: DeadLetterQueue;
  readonly #bucket: Bucket;

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
    this.#request(props);
    this.#compose(props);
    this.#send(props);
    this.#show(props);
  }

  /** Lets a function of another room read when letters were requested and delivered. */
  grantTimes(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:Query');
  }

  #request({ bus, campaigns }: LettersRoomProps): void {
    const reactor = this.#withTable('RequestLetters', 'letters/request-letters.event', 'dynamodb:PutItem');
    campaigns.grantRead(reactor);
    reactDirectly(this, 'Request', {
      bus,
      events: ['MilestoneReached'],
      reactor,
      deadLetters: this.deadLetters,
    });
  }

  #compose({ bus, campaigns, siteUrl }: LettersRoomProps): void {
    const reactor = new HouseFunction(this, 'ComposeLetter', {
      entry: 'letters/compose-letter.event',
      // typst is a native library, which npm has for x86-64 only in this version.
      architecture: Architecture.X86_64,
      external: ['@myriaddreamin/typst-ts-node-compiler'],
      copy: copyLetterAssets,
      memorySize: 1_024,
      timeout: Duration.seconds(30),
    });
    this.#grantTable(reactor, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    reactor.addEnvironment('SITE_URL', siteUrl);
    this.#grantFiles(reactor, 's3:PutObject');
    campaigns.grantRead(reactor);
    reactThroughQueue(this, 'Compose', {
      bus,
      events: ['LetterRequested'],
      reactor,
      deadLetters: this.deadLetters,
      batchSize: 5,
      maxConcurrency: 2,
    });
  }

  #send({ bus, campaigns, sender }: LettersRoomProps): void {
    const reactor = this.#withTable(
      'SendLetter',
      'letters/send-letter.event',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
    );
    this.#grantFiles(reactor, 's3:GetObject');
    campaigns.grantRead(reactor);
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
