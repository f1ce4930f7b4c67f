import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Construct } from 'constructs';
import { bundle } from '../constructs/bundle.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import type { SiteApi } from '../constructs/site-api.ts';
import { staticFiles } from '../constructs/static-files.ts';
import type { StageSettings } from '../stage.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { TalliesRoom } from './tallies.ts';

export interface SiteRoomProps {
  stage: StageSettings;
  api: SiteApi;
  campaigns: CampaignsRoom;
  tallies: TalliesRoom;
}

/** The pages that anyone may read, and what they load where no CDN has it. */
export class SiteRoom extends Construct {
  constructor(scope: Construct, id: string, { stage, api, campaigns, tallies }: SiteRoomProps) {
    super(scope, id);
    const home = new HouseFunction(this, 'ShowHome', { entry: 'site/show-home.http' });
    campaigns.grantRead(home);
    api.route('GET /', home);

    const campaign = new HouseFunction(this, 'ShowCampaign', { entry: 'site/show-campaign.http' });
    campaigns.grantAddressed(campaign);
    tallies.grantRead(campaign);
    api.route('GET /c/{slug}', campaign);
    // Where a form was posted to, opened again: the form.
    api.route('GET /c/{slug}/signatures', campaign);
    api.route('GET /c/{slug}/pledges', campaign);

    const file = new HouseFunction(this, 'GetFile', {
      entry: {
        code: bundle({ index: 'site/get-file.http' }, { copy: stage.edge ? copyDescription : copyAll }),
        handler: 'index.handler',
      },
      memorySize: 256,
    });
    api.route('GET /openapi.json', file);
    if (!stage.edge) api.route('GET /assets/{file}', file);
  }
}

/** Puts the description of the API beside the bundle. */
function copyDescription(folder: string): void {
  const description = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
  mkdirSync(`${folder}/files`);
  cpSync(description, `${folder}/files/openapi.json`);
}

function copyAll(folder: string): void {
  copyDescription(folder);
  for (const { servedAs, content } of staticFiles) writeFileSync(`${folder}/files/${servedAs}`, content);
}
