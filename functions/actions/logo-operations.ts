import * as z from 'zod';
import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import {
  answers,
  campaignPath,
  forCampaigner,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { ActionId } from './bulk.ts';
import { LogoAnswer } from './logo.ts';

const tags = ['actions'];
const path = campaignPath.extend({
  action: ActionId.meta({ example: 'mental-health-for-all~endorsement~0aXk' }),
});

/** A black square of 16 pixels below a white one, as a PNG. */
const example =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAAEElEQVR42mP4/58BK2LAjgCZshfpgkpb7wAAAABJRU5ErkJggg==';
const image = z
  .string()
  .meta({ format: 'binary', description: 'The file as it is; examples have it in base64' });

export const logoOperations: Operations = {
  'PUT /v1/campaigns/{slug}/organisations/{action}/logo': {
    ...forCampaigner('verifyActions'),
    tags,
    operationId: 'putLogo',
    summary: 'Give a verified organisation its logo',
    description:
      'A still PNG or WebP image of at most 40 kB and 16 to 512 pixels a side, in place of any before it. It is shown beside the name of the organisation whose endorsement or pledge is verified (`conflict` where it is not), as long as that stands as it is: who changes what was verified is shown without a logo until they are verified and given one again. The same again changes nothing.',
    requestParams: { path, query: ReasonQuery },
    requestBody: {
      required: true,
      content: { 'image/png': { schema: image, example }, 'image/webp': { schema: image } },
    },
    responses: {
      200: answers(LogoAnswer, 'The logo, and where it is found'),
      ...refusals(401, 403, 404, 409, 413, 415, 422),
    },
  },
  'DELETE /v1/campaigns/{slug}/organisations/{action}/logo': {
    ...forCampaigner('verifyActions'),
    tags,
    operationId: 'removeLogo',
    summary: 'Take the logo of an organisation out again',
    description: 'Who has seen it may keep it for a while. Where there is none, nothing changes.',
    requestParams: { path, query: ReasonQuery },
    responses: { 204: { description: 'It is gone' }, ...refusals(401, 403, 404, 409, 422) },
  },
};
