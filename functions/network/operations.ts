import type { Operations } from '../../shared/http/operation.ts';
import { momentOperations } from './moment-operations.ts';
import { organisationOperations } from './organisation-operations.ts';

export const operations: Operations = { ...momentOperations, ...organisationOperations };
