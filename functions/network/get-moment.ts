import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { etagOfMoment, requireMoment } from './moment.ts';
import { getMoment } from './moment-store.ts';
import { toPublicMoment } from './moment-view.ts';

export const handler = httpHandler(async ({ path }) => {
  const moment = requireMoment(await getMoment(path['moment'] ?? ''));
  return json(200, toPublicMoment(moment), { etag: etagOfMoment(moment) });
});
