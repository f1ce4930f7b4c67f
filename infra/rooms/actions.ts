import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { directTarget } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { SiteSettings } from '../constructs/site-settings.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditRoom } from './audit.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { MembersRoom } from './members.ts';
import type { TalliesRoom } from './tallies.ts';

export interface ActionsRoomProps {
  stage: StageSettings;
  api: SiteApi;
  site: SiteSettings;
  audit: AuditRoom;
  campaigns: CampaignsRoom;
  members: MembersRoom;
  tallies: TalliesRoom;
}

/** Signatures, pledges and endorsements: taken, confirmed, withdrawn, erased. */
export class ActionsRoom extends Construct {
  readonly table: RoomTable;
  readonly deadLetters: DeadLetterQueue;
  readonly #props: ActionsRoomProps;

  constructor(scope: Construct, id: string, props: ActionsRoomProps) {
    super(scope, id);
    this.#props = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.table = new RoomTable(this, 'Table', {
      stage: props.stage,
      partitionKey: 'pk',
      sortKey: 'sk',
      announces: true,
      timeToLiveAttribute: 'expires',
    });
    this.#take(props);
    this.#leave(props);
    this.#show(props);
    this.#moderate(props);
    this.#verify(props);
    this.#export(props);
    this.#list(props);
    this.#forget();
  }

  /** Lets a function read what `functions/actions/read.ts` reads, and make the links that go with it. */
  grantRead(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:GetItem');
    this.#props.site.grantLinks(reader);
  }

  /** Lets a function of another room read how supporters chose to be shown, and which organisations have pledged. */
  grantShown(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:BatchGetItem', 'dynamodb:Query');
  }

  /** Lets a function of another room read what its actions count by, and whether there are any. */
  grantCountEvents(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:Query');
  }

  #take({ api, site, campaigns, tallies }: ActionsRoomProps): void {
    const signature = this.#writer('TakeSignature', 'actions/take-signature.http');
    const pledge = this.#writer('TakePledge', 'actions/take-pledge.http');
    const endorsement = this.#writer('TakeEndorsement', 'actions/take-endorsement.http');
    const confirm = this.#writer('ConfirmAction', 'actions/confirm-action.http');
    const form = this.#writer('SubmitForm', 'actions/submit-form.http');
    for (const taking of [signature, pledge, endorsement, confirm, form]) campaigns.grantRead(taking);
    campaigns.grantNamed(form);
    site.grantLinks(confirm);
    tallies.grantRead(form);
    api.route('POST /v1/campaigns/{slug}/signatures', signature);
    api.route('POST /v1/campaigns/{slug}/pledges', pledge);
    api.route('POST /v1/campaigns/{slug}/endorsements', endorsement);
    api.route('POST /v1/confirmations', confirm);
    api.route('POST /c/{slug}/signatures', form);
    api.route('POST /c/{slug}/pledges', form);
    api.route('POST /c/{slug}/endorsements', form);
  }

  #leave({ api }: ActionsRoomProps): void {
    api.route('POST /v1/withdrawals', this.#writer('WithdrawAction', 'actions/withdraw-action.http'));
    api.route('POST /v1/erasures', this.#writer('EraseAction', 'actions/erase-action.http'));
  }

  #show({ api, site, campaigns, tallies }: ActionsRoomProps): void {
    const confirm = this.#reader('ShowConfirm', 'actions/show-confirm.http');
    const confirmed = this.#reader('ShowConfirmed', 'actions/show-confirmed.http');
    const manage = this.#reader('ShowManage', 'actions/show-manage.http');
    const checkEmail = new HouseFunction(this, 'ShowCheckEmail', { entry: 'actions/show-check-email.http' });
    for (const shown of [confirm, confirmed, manage, checkEmail]) campaigns.grantRead(shown);
    for (const named of [confirmed, checkEmail]) campaigns.grantNamed(named);
    site.grantLinks(confirmed);
    tallies.grantRead(confirmed);
    api.route('GET /confirm', confirm);
    api.route('GET /confirmed', confirmed);
    api.route('GET /manage', manage);
    api.route('GET /c/{slug}/check-your-email', checkEmail);
  }

  #moderate({ api, audit, campaigns, members }: ActionsRoomProps): void {
    const list = this.#withTable('ListActions', 'actions/list-actions.http', 'dynamodb:Query');
    const invalidate = this.#withTable(
      'InvalidateActions',
      'actions/invalidate-actions.http',
      'dynamodb:UpdateItem',
    );
    const fulfil = this.#withTable(
      'FulfilPledges',
      'actions/fulfil-pledges.http',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
    );
    for (const handler of [list, invalidate, fulfil]) {
      campaigns.grantRead(handler);
      members.grantRead(handler);
    }
    for (const handler of [invalidate, fulfil]) audit.grantAppend(handler);
    api.campaignerRoute('GET /v1/campaigns/{slug}/actions', list);
    api.campaignerRoute('POST /v1/campaigns/{slug}/actions/invalidate', invalidate);
    api.campaignerRoute('POST /v1/campaigns/{slug}/pledges/fulfilments', fulfil);
  }

  #verify({ api, site, audit, campaigns, members }: ActionsRoomProps): void {
    const verify = this.#withTable(
      'ManageVerified',
      'actions/manage-verified.http',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    );
    site.grantAddress(verify);
    campaigns.grantRead(verify);
    members.grantRead(verify);
    audit.grantAppend(verify);
    api.campaignerRoute('POST /v1/campaigns/{slug}/actions/verify', verify);
    api.campaignerRoute('PUT /v1/campaigns/{slug}/organisations/{action}/logo', verify);
    api.campaignerRoute('DELETE /v1/campaigns/{slug}/organisations/{action}/logo', verify);
  }

  #export({ api, audit, campaigns, members }: ActionsRoomProps): void {
    const supporters = this.#withTable(
      'ExportSupporters',
      'actions/export-supporters.http',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
    );
    campaigns.grantRead(supporters);
    members.grantRead(supporters);
    audit.grantAppend(supporters);
    api.campaignerRoute('GET /v1/campaigns/{slug}/export.csv', supporters);
  }

  #list({ api, site, campaigns }: ActionsRoomProps): void {
    const show = this.#withTable(
      'ShowOrganisations',
      'actions/show-organisations.http',
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
    );
    site.grantAddress(show);
    campaigns.grantNamed(show);
    api.route('GET /v1/campaigns/{slug}/organisations', show);
    api.route('GET /logos/{logo}', show);
  }

  #forget(): void {
    const forget = this.#withTable(
      'ForgetUnconfirmed',
      'actions/forget-unconfirmed.schedule',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    );
    new Rule(this, 'ForgetUnconfirmedRule', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [directTarget(forget, this.deadLetters)],
    });
  }

  #writer(id: string, entry: string): HouseFunction {
    return this.#withKeys(id, entry, 'dynamodb:UpdateItem');
  }

  #reader(id: string, entry: string): HouseFunction {
    return this.#withKeys(id, entry, 'dynamodb:GetItem');
  }

  #withKeys(id: string, entry: string, action: string): HouseFunction {
    const handler = this.#withTable(id, entry, action);
    this.#props.site.grantKeys(handler);
    return handler;
  }

  #withTable(id: string, entry: string, ...actions: string[]): HouseFunction {
    const handler = new HouseFunction(this, id, { entry });
    this.#grantTable(handler, ...actions);
    return handler;
  }

  #grantTable(handler: HouseFunction, ...actions: string[]): void {
    handler.addEnvironment('ACTIONS_TABLE', this.table.tableName);
    this.table.grant(handler, ...actions);
  }
}
