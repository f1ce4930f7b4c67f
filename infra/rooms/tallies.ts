import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HouseFunction, type HouseFunctionProps } from '../constructs/house-function.ts';
import { directTarget, reactDirectly, reactThroughQueue } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { ActionsRoom } from './actions.ts';
import type { AuditRoom } from './audit.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { LettersRoom } from './letters.ts';
import type { MembersRoom } from './members.ts';

export interface TalliesRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  bus: IEventBus;
  campaigns: CampaignsRoom;
  members: MembersRoom;
}

/** Exact counts of confirmed actions, and the milestones that they reach. */
export class TalliesRoom extends Construct {
  readonly table: RoomTable;
  readonly deadLetters: DeadLetterQueue;
  readonly #props: TalliesRoomProps;

  constructor(scope: Construct, id: string, props: TalliesRoomProps) {
    super(scope, id);
    const { stage, api, bus, campaigns } = props;
    this.#props = props;
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

    const getBadge = new HouseFunction(this, 'GetBadge', { entry: 'tallies/get-badge.http' });
    this.grantRead(getBadge);
    campaigns.grantRead(getBadge);
    api.route('GET /v1/campaigns/{slug}/tally.svg', getBadge);

    const showCount = this.#hourReader('ShowCount', 'show-count', campaigns);
    campaigns.grantNamed(showCount);
    const byHour = {
      'GET /v1/campaigns/{slug}/tally/history': this.#hourReader('GetHistory', 'get-history', campaigns),
      'GET /v1/campaigns/{slug}/count': this.#hourReader('GetCount', 'get-count', campaigns),
      'GET /c/{slug}/count': showCount,
    };
    for (const [route, handler] of Object.entries(byHour)) api.route(route, handler);
  }

  /**
   * Compares what is counted with what the other rooms hold, nightly and on demand. Answers what has to be looked at: the
   * differences that were found, and recounts that failed.
   */
  recountFrom(actions: ActionsRoom, letters: LettersRoom): Metric {
    const { bus, campaigns } = this.#props;
    const recount = this.#withTable(
      'Recount',
      'tallies/recount.event',
      // A million actions at a time, as long as Lambda lets it: see docs/adr/0010.
      { timeout: Duration.minutes(15), memorySize: 1_024, ownLog: true },
      ...['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
    );
    campaigns.grantRead(recount);
    actions.grantCountEvents(recount);
    letters.grantTimes(recount);
    reactDirectly(this, 'Recount', {
      bus,
      events: ['RecountRequested'],
      reactor: recount,
      deadLetters: this.deadLetters,
    });
    this.#requestRecounts();
    return recount.logGroup
      .addMetricFilter('RecountErrors', {
        filterPattern: FilterPattern.stringValue('$.level', '=', 'ERROR'),
        metricNamespace: Stack.of(this).stackName,
        metricName: 'RecountErrors',
      })
      .metric({ period: Duration.minutes(5), statistic: 'Sum' });
  }

  #requestRecounts(): void {
    const { api, audit, campaigns, members } = this.#props;
    const nightly = this.#withTable('RequestRecounts', 'tallies/request-recounts.schedule', {}, 'UpdateItem');
    const request = this.#withTable('RequestRecount', 'tallies/request-recount.http', {}, 'UpdateItem');
    const get = this.#withTable('GetRecount', 'tallies/get-recount.http', {}, 'GetItem');
    for (const handler of [nightly, request, get]) campaigns.grantRead(handler);
    for (const handler of [request, get]) members.grantRead(handler);
    audit.grantAppend(request);
    api.campaignerRoute('POST /v1/campaigns/{slug}/recount', request);
    api.campaignerRoute('GET /v1/campaigns/{slug}/recount', get);
    new Rule(this, 'RequestRecountsRule', {
      // In UTC, and late enough in the hour for the one before to be over.
      schedule: Schedule.cron({ hour: '3', minute: '7' }),
      targets: [directTarget(nightly, this.deadLetters)],
    });
  }

  /** Lets a function of another room read what `functions/tallies/read.ts` reads. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('TALLIES_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem');
  }

  /** The same, and the hours in which something changed. */
  grantHistory(reader: HouseFunction): void {
    this.grantRead(reader);
    this.table.grant(reader, 'dynamodb:Query');
  }

  /** A function that answers from all hours of a campaign: a year of them takes it half a second of a whole processor. */
  #hourReader(id: string, entry: string, campaigns: CampaignsRoom): HouseFunction {
    const reader = new HouseFunction(this, id, { entry: `tallies/${entry}.http`, memorySize: 1_024 });
    this.grantHistory(reader);
    campaigns.grantRead(reader);
    return reader;
  }

  #withTable(
    id: string,
    entry: string,
    limits: Pick<HouseFunctionProps, 'timeout' | 'memorySize' | 'ownLog'>,
    ...actions: string[]
  ): HouseFunction {
    const handler = new HouseFunction(this, id, { entry, ...limits });
    handler.addEnvironment('TALLIES_TABLE', this.table.tableName);
    this.table.grant(handler, ...actions.map((action) => `dynamodb:${action}`));
    return handler;
  }
}
