import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { MembersRoom } from './members.ts';

interface Readers {
  api: SiteApi;
  campaigns: CampaignsRoom;
  members: MembersRoom;
}

/** What campaigners changed: who, when, what, and why. And for a day, what they asked for under which key. */
export class AuditRoom extends Construct {
  readonly table: RoomTable;

  constructor(scope: Construct, id: string, { stage }: { stage: StageSettings }) {
    super(scope, id);
    this.table = new RoomTable(this, 'Table', {
      stage,
      partitionKey: 'thing',
      sortKey: 'entry',
      timeToLiveAttribute: 'expires',
    });
  }

  /** Lets a function of any room write entries (`shared/audit/entry.ts`), each with the change that it tells of. */
  grantAppend(author: HouseFunction): void {
    author.addEnvironment('AUDIT_TABLE', this.table.tableName);
    this.table.grant(author, 'dynamodb:PutItem');
  }

  /** Lets it answer again what it answered under the same key (`shared/audit/idempotency.ts`), too. */
  grantCreate(author: HouseFunction): void {
    this.grantAppend(author);
    this.table.grant(author, 'dynamodb:GetItem');
  }

  /** Who may read the log is asked of other rooms, which write into it themselves: they are given last. */
  showTo({ api, campaigns, members }: Readers): void {
    const show = new HouseFunction(this, 'ReadLog', { entry: 'audit/read-log.http' });
    show.addEnvironment('AUDIT_TABLE', this.table.tableName);
    this.table.grant(show, 'dynamodb:Query');
    campaigns.grantRead(show);
    members.grantRead(show);
    api.campaignerRoute('GET /v1/campaigns/{slug}/log', show);
    api.campaignerRoute('GET /v1/organisations/{organisation}/log', show);
    api.campaignerRoute('GET /v1/log', show);
  }
}
