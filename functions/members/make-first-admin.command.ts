import * as z from 'zod';
import { setting } from '../../shared/aws/env.ts';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { changeRoster } from './change-roster.ts';
import { makeFirstAdmin, secretariat } from './make-first-admin.ts';
import { InvitationRequest } from './member-request.ts';
import { newId } from './new-id.ts';

const site = setting('SITE_URL');
const Request = z.strictObject({ email: InvitationRequest.shape.email });

/** Who calls functions by the account's own rights is not told to them. */
const operator = { subject: 'operator', email: '' };

/** What whoever called reads. */
interface Told {
  done: boolean;
  /** What was refused, or what to do next. */
  message: string;
}

/** For the operator of a new deployment, once: `{ "email": "…" }`. There is no route to it. */
export const handler = async (request: unknown): Promise<Told> => {
  try {
    const { email } = validate(Request, request);
    const now = Date.now();
    await changeRoster({
      ...{ organisation: secretariat, by: operator, now },
      decide: (roster) => makeFirstAdmin(roster, email, { id: newId(), now }),
    });
    return { done: true, message: `Sign in with this address at ${site}${signInPaths.home}` };
  } catch (error) {
    if (error instanceof Problem) return { done: false, message: saidOf(error) };
    throw error;
  }
};

function saidOf({ message, facts }: Problem): string {
  return [message, ...(facts.errors ?? []).map((error) => error.message)].join(' ');
}
