import type { Changes } from '../../shared/audit/audit-schema.ts';
import { writeEntry } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { fileHandler, json } from '../../shared/http/http-handler.ts';
import { invalidFields, validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireNetwork } from '../members/read.ts';
import { importTargets } from './import-targets.ts';
import { parseRegistry } from './parse-registry.ts';
import type { ImportPlan } from './plan-import.ts';
import { firstErrors, type ImportAnswer, ImportQuery, largestFile } from './registry-request.ts';

/** Media types that a registry can come in. */
const formats = { 'text/csv': 'csv', 'application/json': 'json' } as const;

const accepted = { types: ['text/csv', 'application/json'], limit: largestFile } as const;

export const handler = fileHandler(accepted, async (request, file) => {
  await requireNetwork(request.claims, 'importTargets', request.now);
  const { reason, ...options } = validate(ImportQuery, request.query);
  const entry = { thing: 'network', verb: 'importTargets', by: authorOf(request.claims), reason } as const;
  const tell = (changes: Changes) => writeEntry({ ...entry, changes }, request.now);
  const registry = parseRegistry(file.bytes, formats[file.type]);
  const plan = await importTargets(registry, options, request.now, tell);
  if (plan.refused) throw refusal(plan);
  const { added, changed, unchanged, skipped, errors } = plan;
  if (!options.dryRun)
    log('info', 'targets were imported', { member: memberOf(request.claims), count: added + changed });
  return json(200, { added, changed, unchanged, skipped, ...firstErrors(errors) } satisfies ImportAnswer);
});

function refusal({ errors: all }: ImportPlan) {
  const { errors, moreErrors } = firstErrors(all);
  const rest = moreErrors > 0 ? ` ${moreErrors} more are not listed.` : '';
  return invalidFields(errors, `Nothing was imported. What is wrong is named in errors, by its line.${rest}`);
}
