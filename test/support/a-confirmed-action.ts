import { createHash } from 'node:crypto';
import { type Details, toActionId } from '../../functions/actions/action.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { minute, noon } from './a-campaign.ts';
import { someDetails } from './an-action.ts';

type Store = typeof import('../../functions/actions/action-store.ts');

let mailboxes = 0;

/** The id of an action of a mailbox that nobody had before. */
export function anActionId(root = 'root', kind: ActionKind = 'signature'): string {
  mailboxes += 1;
  return toActionId({
    root,
    kind,
    hash: createHash('sha256').update(`mailbox ${mailboxes}`).digest('base64url'),
  });
}

interface Confirmed {
  id?: string;
  at?: number;
  root?: string;
}

/** Has somebody ask and confirm; of the campaign `root` unless the details name another. The id of the action. */
export async function aConfirmedAction(
  store: Store,
  details: Partial<Details> = {},
  { at = noon, root = 'root', id = anActionId(root, kindOf(details)) }: Confirmed = {},
): Promise<string> {
  await store.askAction(id, someDetails({ campaign: root, ...details }), at - minute);
  const asked = await store.getAction(id);
  await store.confirmAction(id, asked?.askedVersion ?? 0, at);
  return id;
}

function kindOf({ pledge, endorser }: Partial<Details>): ActionKind {
  if (endorser) return 'endorsement';
  return pledge ? 'pledge' : 'signature';
}
