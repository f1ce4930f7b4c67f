/** Every setting that a function may have. Only this file reads the environment. */
type Setting =
  | 'NETWORK_TABLE'
  | 'CAMPAIGNS_TABLE'
  | 'ACTIONS_TABLE'
  | 'TALLIES_TABLE'
  | 'MAIL_TABLE'
  | 'LETTERS_TABLE'
  | 'MEMBERS_TABLE'
  | 'AUDIT_TABLE'
  | 'TARGETS_TABLE'
  | 'BUS_NAME'
  | 'KEYS_SECRET'
  | 'LETTERS_BUCKET'
  | 'RELAY_FAILURES_QUEUE_URL'
  | 'SITE_URL'
  | 'ISSUER'
  | 'AUDIENCE'
  | 'SIGN_IN_ADDRESS'
  | 'SENDER'
  | 'CONFIGURATION_SET'
  | 'EDGE_KEY'
  | 'OLD_FILES'
  | 'LAMBDA_TASK_ROOT';

/**
 * A setting, read when the function loads: one that is missing stops it there, not in the middle of a request.
 * Call it as a marked-pure constant, so that a bundle which does not use the constant does not need the setting.
 */
export function setting(name: Setting): string {
  const value = process.env[name];
  if (!value) throw new Error(`The setting ${name} is missing: give it to the function in infra/rooms.`);
  return value;
}

/** A setting that a deployment may do without: empty there. */
export function optionalSetting(name: 'EDGE_KEY'): string {
  return process.env[name] ?? '';
}
