import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { RoomTable } from '../constructs/room-table.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { StageSettings } from '../stage.ts';
import type { ActionsRoom } from './actions.ts';
import type { AuditRoom } from './audit.ts';
import type { LettersRoom } from './letters.ts';
import type { MembersRoom } from './members.ts';
import type { NetworkRoom } from './network.ts';
import type { TalliesRoom } from './tallies.ts';
import type { TargetsRoom } from './targets.ts';

export interface CampaignsRoomProps {
  stage: StageSettings;
  api: SiteApi;
  audit: AuditRoom;
  members: MembersRoom;
  network: NetworkRoom;
  targets: TargetsRoom;
}

/** Rooms that tell what has come of campaigns. */
interface CampaignsWork {
  actions: ActionsRoom;
  tallies: TalliesRoom;
  letters: LettersRoom;
}

/** What can be acted on, and who it is addressed to. */
export class CampaignsRoom extends Construct {
  readonly table: RoomTable;
  readonly #targets: TargetsRoom;
  readonly #props: CampaignsRoomProps;

  constructor(scope: Construct, id: string, props: CampaignsRoomProps) {
    super(scope, id);
    const { stage, api, network, targets } = props;
    this.#targets = targets;
    this.#props = props;
    this.table = new RoomTable(this, 'Table', { stage, partitionKey: 'pk', sortKey: 'sk' });
    const list = new HouseFunction(this, 'ShowDirectory', { entry: 'campaigns/show-directory.http' });
    this.grantAddressed(list);
    network.grantList(list);
    for (const route of ['GET /v1/campaigns', 'GET /v1/moments']) api.route(route, list);
    const get = new HouseFunction(this, 'GetCampaign', { entry: 'campaigns/get-campaign.http' });
    this.grantAddressed(get);
    network.grantRead(get);
    api.route('GET /v1/campaigns/{slug}', get);
    this.#select(props);
    this.#begin(props);
    this.#run(props);
  }

  /** What campaigners do with campaigns, which looks at what has come of them: given last, for these rooms read campaigns themselves. */
  runWith({ actions, tallies, letters }: CampaignsWork): void {
    this.#publish(this.#props, letters);
    this.#listByMoment(this.#props, tallies);
    this.#set(this.#props, tallies, actions);
    this.#partner(this.#props, tallies);
  }

  /**
   * Lets a function of another room read what `functions/campaigns/read.ts` reads, but for the organisations and the moment
   * that a campaign names, and the offices that it is addressed to.
   */
  grantRead(reader: HouseFunction): void {
    reader.addEnvironment('CAMPAIGNS_TABLE', this.table.tableName);
    this.table.grant(reader, 'dynamodb:GetItem', 'dynamodb:Query');
  }

  /** The organisations and the moment, too. */
  grantNamed(reader: HouseFunction): void {
    this.grantRead(reader);
    this.#props.network.grantRead(reader);
  }

  /** The offices, too. */
  grantAddressed(reader: HouseFunction): void {
    this.grantRead(reader);
    this.#targets.grantRegistry(reader);
  }

  /** Whom campaigners address a campaign to. */
  #select({ api, audit, members }: CampaignsRoomProps): void {
    const get = new HouseFunction(this, 'GetSelection', { entry: 'campaigns/get-selection.http' });
    const put = new HouseFunction(this, 'PutSelection', { entry: 'campaigns/put-selection.http' });
    for (const handler of [get, put]) {
      this.grantAddressed(handler);
      members.grantRead(handler);
    }
    this.table.grant(put, 'dynamodb:PutItem');
    audit.grantAppend(put);
    api.campaignerRoute('GET /v1/campaigns/{slug}/targets', get);
    api.campaignerRoute('PUT /v1/campaigns/{slug}/targets', put);
  }

  /** For the secretariat: all campaigns that belong to a moment, and what came of them. */
  #listByMoment({ api, members }: CampaignsRoomProps, tallies: TalliesRoom): void {
    const entry = 'campaigns/list-moment-campaigns.http';
    const list = new HouseFunction(this, 'ListMomentCampaigns', { entry });
    this.grantNamed(list);
    members.grantRead(list);
    tallies.grantRead(list);
    api.campaignerRoute('GET /v1/moments/{moment}/campaigns', list);
  }

  /** What an organisation has, and begins. */
  #begin({ api, audit, members, network }: CampaignsRoomProps): void {
    const list = new HouseFunction(this, 'ListOwned', { entry: 'campaigns/list-owned.http' });
    const create = new HouseFunction(this, 'CreateCampaign', { entry: 'campaigns/create-campaign.http' });
    for (const handler of [list, create]) {
      this.grantRead(handler);
      members.grantRead(handler);
    }
    network.grantRead(create);
    this.table.grant(create, 'dynamodb:PutItem');
    audit.grantCreate(create);
    api.campaignerRoute('GET /v1/organisations/{organisation}/campaigns', list);
    api.campaignerRoute('POST /v1/campaigns', create);
  }

  /** What becomes of a campaign once it is published. */
  #run({ api, audit, members }: CampaignsRoomProps): void {
    const run = new HouseFunction(this, 'RunCampaign', { entry: 'campaigns/run-campaign.http' });
    const note = new HouseFunction(this, 'AddNote', { entry: 'campaigns/add-note.http' });
    for (const handler of [run, note]) {
      this.grantRead(handler);
      members.grantRead(handler);
      this.table.grant(handler, 'dynamodb:PutItem');
    }
    audit.grantAppend(run);
    audit.grantCreate(note);
    for (const step of ['pause', 'resume', 'close', 'archive'])
      api.campaignerRoute(`POST /v1/campaigns/{slug}/${step}`, run);
    api.campaignerRoute('POST /v1/campaigns/{slug}/notes', note);
  }

  /** All that campaigners say of a campaign; what may still be changed depends on whether it was signed. */
  #set(
    { api, audit, members, network }: CampaignsRoomProps,
    tallies: TalliesRoom,
    actions: ActionsRoom,
  ): void {
    const get = new HouseFunction(this, 'GetSettings', { entry: 'campaigns/get-settings.http' });
    // The memory is for the processor that comes with it: to look for a first action takes 768 queries.
    const put = new HouseFunction(this, 'PutSettings', {
      entry: 'campaigns/put-settings.http',
      memorySize: 1_024,
    });
    for (const handler of [get, put]) {
      this.grantRead(handler);
      members.grantRead(handler);
      tallies.grantRead(handler);
    }
    actions.grantCountEvents(put);
    network.grantRead(put);
    this.table.grant(put, 'dynamodb:PutItem');
    audit.grantAppend(put);
    api.campaignerRoute('GET /v1/campaigns/{slug}/settings', get);
    api.campaignerRoute('PUT /v1/campaigns/{slug}/settings', put);
  }

  /** Organisations that take part in campaigns of others: who they are, and what they and those who invite them say. */
  #partner({ api, audit, members }: CampaignsRoomProps, tallies: TalliesRoom): void {
    const read = new HouseFunction(this, 'ReadPartnerships', { entry: 'campaigns/read-partnerships.http' });
    const manage = new HouseFunction(this, 'ManagePartnerships', {
      entry: 'campaigns/manage-partnerships.http',
    });
    for (const handler of [read, manage]) {
      this.grantNamed(handler);
      members.grantRead(handler);
    }
    tallies.grantRead(read);
    this.table.grant(manage, 'dynamodb:PutItem');
    audit.grantAppend(manage);
    const [partners, partnerships] = [
      '/v1/campaigns/{slug}/partners',
      '/v1/organisations/{organisation}/partnerships',
    ];
    for (const route of [partners, partnerships, `${partnerships}/{slug}`])
      api.campaignerRoute(`GET ${route}`, read);
    for (const step of ['accept', 'decline'])
      api.campaignerRoute(`POST ${partnerships}/{slug}/${step}`, manage);
    for (const method of ['PUT', 'DELETE']) api.campaignerRoute(`${method} ${partnerships}/{slug}`, manage);
    api.campaignerRoute(`POST ${partners}`, manage);
    api.campaignerRoute(`DELETE ${partners}/{organisation}`, manage);
  }

  /** What to look at before a campaign is published, and publishing it: its letters are set to see whether they can be. */
  #publish({ api, audit, members, network }: CampaignsRoomProps, letters: LettersRoom): void {
    const similar = new HouseFunction(this, 'GetSimilar', { entry: 'campaigns/get-similar.http' });
    const problems = letters.typesetter(this, 'GetProblems', 'problems/index.handler');
    const publish = letters.typesetter(this, 'Publish', 'publish/index.handler');
    for (const handler of [similar, problems, publish]) {
      this.grantAddressed(handler);
      network.grantRead(handler);
      members.grantRead(handler);
    }
    for (const handler of [problems, publish]) letters.grantWords(handler);
    this.table.grant(publish, 'dynamodb:PutItem');
    audit.grantAppend(publish);
    api.campaignerRoute('GET /v1/campaigns/{slug}/similar', similar);
    api.campaignerRoute('GET /v1/campaigns/{slug}/problems', problems);
    api.campaignerRoute('POST /v1/campaigns/{slug}/publish', publish);
  }
}
