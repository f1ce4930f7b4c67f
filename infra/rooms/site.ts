import { cpSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { TalliesRoom } from './tallies.ts';

export interface SiteRoomProps {
  api: SiteApi;
  campaigns: CampaignsRoom;
  tallies: TalliesRoom;
}

/** Files that are served as they are, by the names that they have under `/`. */
const files = {
  'style.css': 'web/pages/style.css',
  'icon.svg': 'web/pages/icon.svg',
  'tally.js': 'web/pages/tally.js',
  'openapi.json': 'docs/openapi.json',
};

/** The pages that anyone may read, and what they load. */
export class SiteRoom extends Construct {
  constructor(scope: Construct, id: string, { api, campaigns, tallies }: SiteRoomProps) {
    super(scope, id);
    const home = new HouseFunction(this, 'ShowHome', { entry: 'site/show-home.http' });
    campaigns.grantRead(home);
    api.route('GET /', home);

    const campaign = new HouseFunction(this, 'ShowCampaign', { entry: 'site/show-campaign.http' });
    campaigns.grantRead(campaign);
    tallies.grantRead(campaign);
    api.route('GET /c/{slug}', campaign);
    // Where a form was posted to, opened again: the form.
    api.route('GET /c/{slug}/signatures', campaign);
    api.route('GET /c/{slug}/pledges', campaign);

    const file = new HouseFunction(this, 'GetFile', {
      entry: 'site/get-file.http',
      memorySize: 256,
      copy: copyFiles,
    });
    api.route('GET /assets/{file}', file);
    api.route('GET /openapi.json', file);
  }
}

function copyFiles(folder: string): void {
  mkdirSync(`${folder}/files`);
  for (const [name, source] of Object.entries(files)) {
    cpSync(fileURLToPath(new URL(`../../${source}`, import.meta.url)), `${folder}/files/${name}`);
  }
}
