import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditRoom } from './audit.ts';
import type { MembersRoom } from './members.ts';

export interface NetworkRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  members: MembersRoom;
}

/** What the organisations of the network have in common: themselves, and the moments that their campaigns belong to. */
export class NetworkRoom extends Construct {
  readonly table: RoomTable;

  constructor(scope: Construct, id: string, props: NetworkRoomProps) {
    super(scope, id);
    this.table = new RoomTable(this, 'Table', { stage: props.stage, partitionKey: 'pk', sortKey: 'sk' });
    this.#showMoments(props);
    this.#manage(props);
  }

  /** Lets a function of another room read what `functions/network/read.ts` reads, but for lists. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('NETWORK_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem');
  }

  /** These, too. */
  grantList(reader: HouseFunction): void {
    this.grantRead(reader);
    this.table.grant(reader, 'dynamodb:Query');
  }

  /** For anyone. */
  #showMoments({ api }: NetworkRoomProps): void {
    const show = new HouseFunction(this, 'ShowMoments', { entry: 'network/show-moments.http' });
    this.grantList(show);
    api.route('GET /v1/moments.ics', show);
    api.route('GET /v1/moments/{moment}', show);
  }

  /** For members of any organisation; what each of them may, the function decides. */
  #manage({ api, audit, members }: NetworkRoomProps): void {
    const manage = new HouseFunction(this, 'Manage', { entry: 'network/manage-network.http' });
    this.grantList(manage);
    this.table.grant(manage, 'dynamodb:PutItem');
    members.grantRead(manage);
    audit.grantCreate(manage);
    for (const route of ['GET /v1/organisations', 'POST /v1/organisations'])
      api.campaignerRoute(route, manage);
    for (const method of ['GET', 'PUT'])
      api.campaignerRoute(`${method} /v1/organisations/{organisation}`, manage);
    api.campaignerRoute('PUT /v1/moments/{moment}', manage);
  }
}
