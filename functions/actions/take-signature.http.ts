import { httpHandler } from '../../shared/http/http-handler.ts';
import { SignatureRequest } from './action-request.ts';
import { submitAction } from './submit-action.ts';

export const handler = httpHandler((request) => submitAction('signature', SignatureRequest, request));
