import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';

/** What can be acted on, and who it is addressed to. */
export class CampaignsRoom extends Construct {
  readonly table: RoomTable;

  constructor(scope: Construct, id: string, { stage, api }: { stage: StageSettings; api: SiteApi }) {
    super(scope, id);
    this.table = new RoomTable(this, 'Table', { stage, partitionKey: 'pk', sortKey: 'sk' });
    api.route('GET /v1/campaigns', this.#reader('ListCampaigns', 'campaigns/list-campaigns.http'));
    api.route('GET /v1/campaigns/{slug}', this.#reader('GetCampaign', 'campaigns/get-campaign.http'));
  }

  /** Lets a function of another room read what `functions/campaigns/read.ts` reads. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('CAMPAIGNS_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem', 'dynamodb:Query');
  }

  #reader(id: string, entry: string): HouseFunction {
    const reader = new HouseFunction(this, id, { entry });
    this.grantRead(reader);
    return reader;
  }
}
