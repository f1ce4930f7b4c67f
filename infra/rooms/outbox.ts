import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import type { RoomTable } from '../constructs/room-table.ts';

export interface OutboxRoomProps {
  bus: IEventBus;
  actions: RoomTable;
  tallies: RoomTable;
  letters: RoomTable;
  members: RoomTable;
}

/** Turns what changed in the rooms' tables into events on the bus. */
export class OutboxRoom extends Construct {
  /** Stream records that outlived all retries: where they lie in the stream, not what they hold. */
  readonly deadLetters: DeadLetterQueue;
  /** Changes that cannot be told as an event: key, version and reason. */
  readonly failures: DeadLetterQueue;

  constructor(scope: Construct, id: string, { bus, actions, tallies, letters, members }: OutboxRoomProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.failures = new DeadLetterQueue(this, 'Failures');
    const relay = new HouseFunction(this, 'Relay', { entry: 'outbox/relay.stream' });
    relay.addEnvironment('BUS_NAME', bus.eventBusName);
    relay.addEnvironment('RELAY_FAILURES_QUEUE_URL', this.failures.queueUrl);
    bus.grantPutEventsTo(relay);
    this.failures.grantSendMessages(relay);

    acknowledge(relay.role as IRole, {
      'AwsSolutions-IAM5[Resource::*]': 'dynamodb:ListStreams knows no narrower resource.',
      'Serverless-LambdaStarPermissions': 'The same.',
    });
    this.#relayFrom(relay, 'ACTIONS_TABLE', actions, {});
    // Markers and hours change with every batch, a recount says how far it is: that is nobody's news.
    const keyIs = (sk: string) => ({ Keys: { sk: { S: FilterRule.isEqual(sk) } } });
    const isRequested = { NewImage: { state: { S: FilterRule.isEqual('requested') } } };
    this.#relayFrom(
      relay,
      'TALLIES_TABLE',
      tallies,
      { dynamodb: keyIs('tally') },
      { dynamodb: { ...keyIs('recount'), ...isRequested } },
    );
    this.#relayFrom(relay, 'LETTERS_TABLE', letters, {});
    const isInvitation = { Keys: { sk: { S: FilterRule.beginsWith('invitation#') } } };
    const isSent = { NewImage: { state: { S: FilterRule.isEqual('sent') } } };
    this.#relayFrom(relay, 'MEMBERS_TABLE', members, { dynamodb: { ...isInvitation, ...isSent } });
  }

  #relayFrom(relay: HouseFunction, setting: string, table: RoomTable, ...filters: object[]): void {
    relay.addEnvironment(setting, table.tableName);
    relay.addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        maxRecordAge: Duration.hours(23),
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(this.deadLetters),
        filters: filters.map((filter) =>
          FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY'), ...filter }),
        ),
      }),
    );
  }
}
