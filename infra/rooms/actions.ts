import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { SiteSettings } from '../constructs/site-settings.ts';
import type { StageSettings } from '../stage.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { TalliesRoom } from './tallies.ts';

export interface ActionsRoomProps {
  stage: StageSettings;
  api: SiteApi;
  site: SiteSettings;
  campaigns: CampaignsRoom;
  tallies: TalliesRoom;
}

/** Signatures and pledges: taken, confirmed, withdrawn, erased. */
export class ActionsRoom extends Construct {
  readonly table: RoomTable;
  readonly #props: ActionsRoomProps;

  constructor(scope: Construct, id: string, props: ActionsRoomProps) {
    super(scope, id);
    this.#props = props;
    const { stage, api, tallies } = props;
    this.table = new RoomTable(this, 'Table', {
      stage,
      partitionKey: 'pk',
      sortKey: 'sk',
      announces: true,
      timeToLiveAttribute: 'expires',
    });
    api.route(
      'POST /v1/campaigns/{slug}/signatures',
      this.#writer('TakeSignature', 'actions/take-signature.http'),
    );
    api.route('POST /v1/campaigns/{slug}/pledges', this.#writer('TakePledge', 'actions/take-pledge.http'));
    api.route('POST /v1/confirmations', this.#writer('ConfirmAction', 'actions/confirm-action.http'));
    api.route('POST /v1/withdrawals', this.#writer('WithdrawAction', 'actions/withdraw-action.http'));
    api.route('POST /v1/erasures', this.#writer('EraseAction', 'actions/erase-action.http'));

    const submitForm = this.#writer('SubmitForm', 'actions/submit-form.http');
    tallies.grantRead(submitForm);
    api.route('POST /c/{slug}/signatures', submitForm);
    api.route('POST /c/{slug}/pledges', submitForm);

    const showConfirm = this.#page('ShowConfirm', 'actions/show-confirm.http');
    const showConfirmed = this.#page('ShowConfirmed', 'actions/show-confirmed.http');
    const showManage = this.#page('ShowManage', 'actions/show-manage.http');
    for (const shown of [showConfirm, showConfirmed, showManage]) this.grantRead(shown);
    tallies.grantRead(showConfirmed);
    api.route('GET /confirm', showConfirm);
    api.route('GET /confirmed', showConfirmed);
    api.route('GET /manage', showManage);
    api.route(
      'GET /c/{slug}/check-your-email',
      this.#page('ShowCheckEmail', 'actions/show-check-email.http'),
    );
  }

  /** Lets a function read what `functions/actions/read.ts` reads, and make the links that go with it. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('ACTIONS_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem');
    this.#props.site.grantLinks(reader);
  }

  #writer(id: string, entry: string): HouseFunction {
    const writer = this.#page(id, entry);
    writer.addEnvironment('ACTIONS_TABLE', this.table.tableName);
    this.table.grant(writer, 'dynamodb:UpdateItem');
    return writer;
  }

  #page(id: string, entry: string): HouseFunction {
    const shown = new HouseFunction(this, id, { entry });
    this.#props.campaigns.grantRead(shown);
    this.#props.site.grantLinks(shown);
    return shown;
  }
}
