import { httpHandler } from '../../shared/http/http-handler.ts';
import { EndorsementRequest } from './action-request.ts';
import { submitAction } from './submit-action.ts';

export const handler = httpHandler((request) => submitAction('endorsement', EndorsementRequest, request));
