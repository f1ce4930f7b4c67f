import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditRoom } from './audit.ts';
import type { MembersRoom } from './members.ts';

export interface TargetsRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  members: MembersRoom;
}

/** The offices of the whole network's registry, to which letters go. */
export class TargetsRoom extends Construct {
  readonly table: RoomTable;

  constructor(scope: Construct, id: string, { stage, api, audit, members }: TargetsRoomProps) {
    super(scope, id);
    this.table = new RoomTable(this, 'Table', { stage, partitionKey: 'pk', sortKey: 'sk' });

    const importer = new HouseFunction(this, 'ImportTargets', {
      entry: 'targets/import-targets.http',
      memorySize: 1_024,
      // Ten thousand offices of 2 kB are 20,000 write units, and their partition takes 1,000 of them a second. API Gateway
      // waits for 30 s.
      timeout: Duration.seconds(29),
    });
    this.#grantTable(importer, 'dynamodb:BatchWriteItem', 'dynamodb:Query');
    members.grantRead(importer);
    audit.grantAppend(importer);
    api.campaignerRoute('POST /v1/targets/import', importer);

    const exporter = new HouseFunction(this, 'ExportTargets', {
      entry: 'targets/export-targets.http',
      memorySize: 1_024,
    });
    this.#grantTable(exporter, 'dynamodb:Query');
    members.grantRead(exporter);
    api.campaignerRoute('GET /v1/targets', exporter);
  }

  /** Lets a function of another room read all offices, as `functions/targets/read.ts` does to select some. */
  grantRegistry(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:Query');
  }

  /** Lets it read an office of which it knows the id. */
  grantOffice(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:GetItem');
  }

  #grantTable(handler: HouseFunction, ...actions: string[]): void {
    handler.addEnvironment('TARGETS_TABLE', this.table.tableName);
    this.table.grant(handler, ...actions);
  }
}
