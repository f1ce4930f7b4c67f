import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Construct } from 'constructs';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import { bundle } from '../constructs/bundle.ts';
import type { CampaignerSignIn } from '../constructs/campaigner-sign-in.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { SiteSettings } from '../constructs/site-settings.ts';
import { staticFiles, widgetScript } from '../constructs/static-files.ts';
import type { StageSettings } from '../stage.ts';
import type { ActionsRoom } from './actions.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { LettersRoom } from './letters.ts';
import type { TalliesRoom } from './tallies.ts';

export interface SiteRoomProps {
  stage: StageSettings;
  api: SiteApi;
  site: SiteSettings;
  signIn: CampaignerSignIn;
  actions: ActionsRoom;
  campaigns: CampaignsRoom;
  letters: LettersRoom;
  tallies: TalliesRoom;
}

/** The pages that anyone may read, and what they load where no CDN has it. */
export class SiteRoom extends Construct {
  constructor(scope: Construct, id: string, props: SiteRoomProps) {
    super(scope, id);
    const { api, site, actions, campaigns, letters, tallies } = props;
    const home = new HouseFunction(this, 'ShowHome', { entry: 'site/show-home.http' });
    campaigns.grantNamed(home);
    site.grantAddress(home);
    api.route('GET /', home);

    const campaign = new HouseFunction(this, 'ShowCampaign', { entry: 'site/show-campaign.http' });
    campaigns.grantAddressed(campaign);
    campaigns.grantNamed(campaign);
    tallies.grantRead(campaign);
    actions.grantShown(campaign);
    letters.grantTimes(campaign);
    site.grantAddress(campaign);
    api.route('GET /c/{slug}', campaign);
    // Where a form was posted to, opened again: the form.
    api.route('GET /c/{slug}/signatures', campaign);
    api.route('GET /c/{slug}/pledges', campaign);
    api.route('GET /c/{slug}/endorsements', campaign);

    this.#embed(props);
    this.#signIn(props);
    const docs = new HouseFunction(this, 'ShowDocs', { entry: 'site/show-docs.http' });
    routeWithSlash(api, '/docs', docs);
    this.#serveFiles(props);
  }

  /** What others put on their pages, and what they copy to do so. */
  #embed({ stage, api, site, campaigns, tallies }: SiteRoomProps): void {
    const codes = new HouseFunction(this, 'GetEmbed', {
      entry: 'site/get-embed.http',
      environment: { OLD_FILES: stage.edge ? 'kept' : 'replaced' },
    });
    const card = new HouseFunction(this, 'GetOembed', { entry: 'site/get-oembed.http' });
    const frame = new HouseFunction(this, 'ShowEmbed', { entry: 'site/show-embed.http' });
    for (const reader of [codes, card, frame]) {
      campaigns.grantNamed(reader);
      site.grantAddress(reader);
    }
    tallies.grantRead(card);
    api.route('GET /v1/campaigns/{slug}/embed', codes);
    api.route('GET /oembed', card);
    api.route('GET /embed/{slug}', frame);
  }

  /** Where campaigners sign in, and come back to. */
  #signIn({ api, signIn }: SiteRoomProps): void {
    const dashboard = new HouseFunction(this, 'ShowDashboard', { entry: 'site/show-dashboard.http' });
    signIn.tell(dashboard);
    routeWithSlash(api, signInPaths.home, dashboard);
    api.route(`GET ${signInPaths.callback}`, dashboard);
  }

  /** Where there is a CDN, it has all but the description of the API. */
  #serveFiles({ stage, api }: SiteRoomProps): void {
    const file = new HouseFunction(this, 'GetFile', {
      entry: {
        code: bundle({ index: 'site/get-file.http' }, { copy: stage.edge ? copyDescription : copyAll }),
        handler: 'index.handler',
      },
      memorySize: 256,
    });
    api.route('GET /openapi.json', file);
    if (stage.edge) return;
    api.route('GET /assets/{file}', file);
    api.route('GET /widget.js', file);
  }
}

/**
 * With a slash behind it, an address is another one to API Gateway, and no route may end in one: a greedy variable takes
 * it, with nothing for the variable. The function answers whether there is anything for it. AWS's guide does not say
 * so; others deploy it like this, and if it were not so, such an address would be 404.
 */
function routeWithSlash(api: SiteApi, path: string, handler: HouseFunction): void {
  api.route(`GET ${path}`, handler);
  api.route(`GET ${path}/{rest+}`, handler);
}

/** Puts the description of the API beside the bundle. */
function copyDescription(folder: string): void {
  const description = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
  mkdirSync(`${folder}/files`);
  cpSync(description, `${folder}/files/openapi.json`);
}

/** Bytes. Lambda's answers end at 6 MB, and a CDN that would compress them is not there. */
const compressedFrom = 1_000_000;

/** And what the CDN would have, each under the path that it is served at. */
function copyAll(folder: string): void {
  copyDescription(folder);
  writeFileSync(`${folder}/files/widget.js`, widgetScript);
  mkdirSync(`${folder}/files/assets`);
  for (const { servedAs, content } of staticFiles) {
    const path = `${folder}/files/assets/${servedAs}`;
    if (content.length < compressedFrom) writeFileSync(path, content);
    else writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}
