import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { reactThroughQueue } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { CampaignsRoom } from './campaigns.ts';

export interface TalliesRoomProps {
  stage: StageSettings;
  api: SiteApi;
  bus: IEventBus;
  campaigns: CampaignsRoom;
}

/** Exact counts of confirmed actions, and the milestones that they reach. */
export class TalliesRoom extends Construct {
  readonly table: RoomTable;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { stage, api, bus, campaigns }: TalliesRoomProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.table = new RoomTable(this, 'Table', {
      stage,
      partitionKey: 'pk',
      sortKey: 'sk',
      announces: true,
      timeToLiveAttribute: 'expires',
    });

    const count = new HouseFunction(this, 'CountChanges', { entry: 'tallies/count-changes.event' });
    count.addEnvironment('TALLIES_TABLE', this.table.tableName);
    this.table.grant(count, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    campaigns.grantRead(count);
    reactThroughQueue(this, 'Count', {
      bus,
      events: [
        'ActionConfirmed',
        'ActionChanged',
        'ActionWithdrawn',
        'ActionErased',
        'ActionInvalidated',
        'LetterRequested',
        'LetterDelivered',
      ],
      reactor: count,
      deadLetters: this.deadLetters,
      batchSize: 97,
      window: Duration.seconds(1),
      maxConcurrency: 2,
    });

    const getTally = new HouseFunction(this, 'GetTally', { entry: 'tallies/get-tally.http' });
    this.grantRead(getTally);
    campaigns.grantRead(getTally);
    api.route('GET /v1/campaigns/{slug}/tally', getTally);
  }

  /** Lets a function of another room read what `functions/tallies/read.ts` reads. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('TALLIES_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem');
  }
}
