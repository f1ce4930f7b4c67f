import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { MembersRoom } from './members.ts';
import type { TargetsRoom } from './targets.ts';

export interface CampaignsRoomProps {
  stage: StageSettings;
  api: SiteApi;
  members: MembersRoom;
  targets: TargetsRoom;
}

/** What can be acted on, and who it is addressed to. */
export class CampaignsRoom extends Construct {
  readonly table: RoomTable;
  readonly #targets: TargetsRoom;

  constructor(scope: Construct, id: string, props: CampaignsRoomProps) {
    super(scope, id);
    const { stage, api, targets } = props;
    this.#targets = targets;
    this.table = new RoomTable(this, 'Table', { stage, partitionKey: 'pk', sortKey: 'sk' });
    const list = new HouseFunction(this, 'ListCampaigns', { entry: 'campaigns/list-campaigns.http' });
    this.grantRead(list);
    api.route('GET /v1/campaigns', list);
    const get = new HouseFunction(this, 'GetCampaign', { entry: 'campaigns/get-campaign.http' });
    this.grantAddressed(get);
    api.route('GET /v1/campaigns/{slug}', get);
    this.#select(props);
  }

  /**
   * Lets a function of another room read what `functions/campaigns/read.ts` reads, but for the offices that a campaign is
   * addressed to.
   */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('CAMPAIGNS_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem', 'dynamodb:Query');
  }

  /** These, too. */
  grantAddressed(reader: HouseFunction): void {
    this.grantRead(reader);
    this.#targets.grantRegistry(reader);
  }

  /** Whom campaigners address a campaign to. */
  #select({ api, members }: CampaignsRoomProps): void {
    const get = new HouseFunction(this, 'GetSelection', { entry: 'campaigns/get-selection.http' });
    const put = new HouseFunction(this, 'PutSelection', { entry: 'campaigns/put-selection.http' });
    for (const handler of [get, put]) {
      this.grantAddressed(handler);
      members.grantRead(handler);
    }
    this.table.grant(put, 'dynamodb:UpdateItem');
    api.campaignerRoute('GET /v1/campaigns/{slug}/targets', get);
    api.campaignerRoute('PUT /v1/campaigns/{slug}/targets', put);
  }
}
