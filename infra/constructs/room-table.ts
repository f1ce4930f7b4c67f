import { RemovalPolicy } from 'aws-cdk-lib';
import { type Attribute, AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage.ts';
import { acknowledge } from './acknowledge.ts';

export interface RoomTableProps {
  stage: StageSettings;
  /** Names of the text attributes that are the key. */
  partitionKey: string;
  sortKey?: string;
  /** Whether changes are announced: a stream of new and old images is the outbox. @default false */
  announces?: boolean;
  /** Attribute (seconds since the epoch) after which an item may be removed. */
  timeToLiveAttribute?: string;
  /** A second way to its items: those that have its keys, with all that they hold. */
  index?: { name: string; partitionKey: string; sortKey: string };
}

/** The one table of a room: on demand, restorable to any second of 35 days, and never lost with the stack in prod. */
export class RoomTable extends Table {
  readonly #indexName: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    { stage, partitionKey, sortKey, announces, timeToLiveAttribute, index }: RoomTableProps,
  ) {
    super(scope, id, {
      partitionKey: textKey(partitionKey),
      ...(sortKey && { sortKey: textKey(sortKey) }),
      ...(timeToLiveAttribute && { timeToLiveAttribute }),
      ...(announces && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.retain },
      deletionProtection: stage.retain,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!stage.retain)
      acknowledge(this, { 'AwsSolutions-DDB3': 'Nothing of this stage is worth restoring.' });
    this.#indexName = index?.name;
    if (index)
      this.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: textKey(index.partitionKey),
        sortKey: textKey(index.sortKey),
      });
  }

  /** Lets a function query the index, and nothing else. */
  grantIndex(grantee: IGrantable): void {
    const resourceArns = [`${this.tableArn}/index/${this.#indexName}`];
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
  }

  /** What is granted on the table is granted on it alone: the index is granted by itself. */
  protected override get hasIndex(): boolean {
    return false;
  }
}

function textKey(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
