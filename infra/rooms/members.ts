import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { SiteSettings } from '../constructs/site-settings.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditRoom } from './audit.ts';
import type { NetworkRoom } from './network.ts';

export interface MembersRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  site: SiteSettings;
}

/** Who belongs to which organisation, who is invited, and so who may do what. */
export class MembersRoom extends Construct {
  readonly table: RoomTable;
  /** The page of an invitation, from which people sign in. */
  readonly invitationPage: HouseFunction;
  /** For the operator of a new deployment: who comes first. */
  readonly makeFirstAdmin: HouseFunction;
  readonly #props: MembersRoomProps;
  /** Those that call organisations by their names, or ask whether there is one. */
  readonly #naming: HouseFunction[];

  constructor(scope: Construct, id: string, props: MembersRoomProps) {
    super(scope, id);
    this.#props = props;
    this.table = new RoomTable(this, 'Table', {
      stage: props.stage,
      partitionKey: 'organisation',
      sortKey: 'sk',
      announces: true,
      timeToLiveAttribute: 'expires',
      index: { name: 'byEmail', partitionKey: 'email', sortKey: 'organisation' },
    });
    this.invitationPage = this.#withKeys(
      'ShowInvitation',
      'members/show-invitation.http',
      'dynamodb:GetItem',
    );
    props.api.route('GET /invitation', this.invitationPage);
    this.#naming = [this.invitationPage, this.#accept(), this.#tellWhoIAm(), this.#invite()];
    this.#manage();
    this.makeFirstAdmin = this.#command();
  }

  /** Organisations are of another room, which asks this one: it is given last. */
  nameBy(network: NetworkRoom): void {
    for (const handler of this.#naming) network.grantRead(handler);
  }

  /** Lets a function of another room ask what `functions/members/read.ts` answers of members. */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('MEMBERS_TABLE', this.table.tableName);
    this.table.grantIndex(reader);
  }

  /** Lets it read an invitation, and make the link that goes with it. */
  grantInvitation(reader: HouseFunction): void {
    this.#grantTable(reader, 'dynamodb:GetItem');
    this.#props.site.grantLinks(reader);
  }

  #tellWhoIAm(): HouseFunction {
    const me = new HouseFunction(this, 'GetMe', { entry: 'members/get-me.http' });
    this.grantRead(me);
    this.#props.api.campaignerRoute('GET /v1/me', me);
    return me;
  }

  #accept(): HouseFunction {
    const id = 'AcceptInvitation';
    const writing = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'];
    const accept = this.#withKeys(id, 'members/accept-invitation.http', ...writing);
    this.grantRead(accept);
    this.#props.audit.grantAppend(accept);
    this.#props.api.campaignerRoute('POST /v1/invitations/accept', accept);
    return accept;
  }

  #manage(): void {
    const { api, audit } = this.#props;
    const writing = ['dynamodb:PutItem', 'dynamodb:DeleteItem'];
    const manage = this.#forMembers('ManageMembers', 'members/manage-members.http', ...writing);
    audit.grantAppend(manage);
    const members = '/v1/organisations/{organisation}/members';
    api.campaignerRoute(`GET ${members}`, manage);
    api.campaignerRoute(`PUT ${members}/{member}`, manage);
    api.campaignerRoute(`DELETE ${members}/{member}`, manage);
  }

  #invite(): HouseFunction {
    const { api, audit } = this.#props;
    const writing = 'dynamodb:PutItem';
    const manage = this.#forMembers('ManageInvitations', 'members/manage-invitations.http', writing);
    audit.grantCreate(manage);
    const invitations = '/v1/organisations/{organisation}/invitations';
    api.campaignerRoute(`GET ${invitations}`, manage);
    api.campaignerRoute(`POST ${invitations}`, manage);
    api.campaignerRoute(`DELETE ${invitations}/{invitation}`, manage);
    return manage;
  }

  /** Called by nobody but whoever holds the account. */
  #command(): HouseFunction {
    const command = new HouseFunction(this, 'MakeFirstAdmin', { entry: 'members/make-first-admin.command' });
    this.#grantTable(command, 'dynamodb:Query', 'dynamodb:PutItem');
    this.#props.audit.grantAppend(command);
    this.#props.site.grantAddress(command);
    return command;
  }

  /** What asks first who somebody is in an organisation, and then reads its roster. */
  #forMembers(id: string, entry: string, ...actions: string[]): HouseFunction {
    const handler = new HouseFunction(this, id, { entry });
    this.grantRead(handler);
    this.#grantTable(handler, 'dynamodb:Query', ...actions);
    return handler;
  }

  #withKeys(id: string, entry: string, ...actions: string[]): HouseFunction {
    const handler = new HouseFunction(this, id, { entry });
    this.#grantTable(handler, ...actions);
    this.#props.site.grantKeys(handler);
    return handler;
  }

  #grantTable(handler: HouseFunction, ...actions: string[]): void {
    handler.addEnvironment('MEMBERS_TABLE', this.table.tableName);
    this.table.grant(handler, ...actions);
  }
}
