import { httpHandler } from '../../shared/http/http-handler.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { eraseAction } from './action-store.ts';
import { leaveAction } from './leave-action.ts';

export const handler = httpHandler((request) => leaveAction(request, 'erased', eraseAction), problemPage);
