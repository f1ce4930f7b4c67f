import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
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
}

/** The one table of a room: on demand, restorable to any second of 35 days, and never lost with the stack in prod. */
export class RoomTable extends Table {
  constructor(
    scope: Construct,
    id: string,
    { stage, partitionKey, sortKey, announces, timeToLiveAttribute }: RoomTableProps,
  ) {
    super(scope, id, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      ...(timeToLiveAttribute && { timeToLiveAttribute }),
      ...(announces && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.retain },
      deletionProtection: stage.retain,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!stage.retain)
      acknowledge(this, { 'AwsSolutions-DDB3': 'Nothing of this stage is worth restoring.' });
  }
}
