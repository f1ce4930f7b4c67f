import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Where a room's failures wait, for 14 days, until a person looks and redrives them. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this, {
      'AwsSolutions-SQS3': 'It is itself where failures end; an alarm tells that something lies in it.',
      'Serverless-SQSRedrivePolicy':
        'It is itself where failures end; an alarm tells that something lies in it.',
    });
  }
}

export interface RoomQueueProps {
  deadLetters: IQueue;
  /** Timeout of the function that it feeds; messages stay hidden for six times that, as AWS advises. */
  timeout: Duration;
  /** @default 8 */
  maxReceiveCount?: number;
}

/** A queue that feeds one reactor. */
export class RoomQueue extends Queue {
  constructor(scope: Construct, id: string, { deadLetters, timeout, maxReceiveCount = 8 }: RoomQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
