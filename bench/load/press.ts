import { post } from './client.ts';
import type { RunMail } from './follow-inbox.ts';
import type { Ledger } from './ledger.ts';

export interface Presser {
  /** Presses the button behind a mail's link, at once. */
  take(mail: RunMail): void;
  /** Buttons pressed and not answered yet. */
  underWay(): number;
}

/** Those who confirm. */
export function createPresser(url: string, ledger: Ledger): Presser {
  let underWay = 0;
  const press = async (mailbox: number, token: string) => {
    const begun = performance.now();
    underWay += 1;
    const answer = await post(`${url}/v1/confirmations`, 'application/json', JSON.stringify({ token }));
    underWay -= 1;
    ledger.takeConfirmation(mailbox, answer, { begun, ended: performance.now() });
  };
  return {
    underWay: () => underWay,
    take: ({ mailbox, token }) => {
      ledger.takeMail();
      if (token) void press(mailbox, token);
    },
  };
}
