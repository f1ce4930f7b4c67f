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
  /** Timeout of the function that it feeds; */
  timeout: Duration;
  /** How often a message is tried, which on AWS is once a minute or less: an outage must not outlive it. @default 30 */
  maxReceiveCount?: number;
  /** How long until a message that failed is tried again. @default six times the timeout, the least that AWS advises */
  visibilityTimeout?: Duration;
}

/** A queue that feeds one reactor. */
export class RoomQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    { deadLetters, timeout, maxReceiveCount = 30, visibilityTimeout }: RoomQueueProps,
  ) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: visibilityTimeout ?? Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
