import { Construct } from 'constructs';
import type { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { StageSettings } from '../stage.ts';

/** Who may do what for which organisation. */
export class MembersRoom extends Construct {
  readonly table: RoomTable;

  constructor(scope: Construct, id: string, { stage }: { stage: StageSettings }) {
    super(scope, id);
    this.table = new RoomTable(this, 'Table', { stage, partitionKey: 'email', sortKey: 'organisation' });
  }

  /** Lets a function of another room ask what `functions/members/read.ts` answers. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('MEMBERS_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:Query');
  }
}
