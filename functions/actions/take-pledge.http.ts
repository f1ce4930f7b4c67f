import { httpHandler } from '../../shared/http/http-handler.ts';
import { PledgeRequest } from './action-request.ts';
import { submitAction } from './submit-action.ts';

export const handler = httpHandler((request) => submitAction('pledge', PledgeRequest, request));
