import { type Answer, passes } from './client.ts';
import { type Counts, countsOfActions, type Difference } from './counts.ts';
import type { Counted, Submission } from './submission.ts';

/** How often, by status of HTTP; 0 is no answer at all. */
export type ByStatus = Record<number, number>;

/** From when to when, by `performance.now()`. */
interface Span {
  begun: number;
  ended: number;
}

/** What a run sent and was answered: what the tally is held against. */
export interface Ledger {
  sent: Record<Submission['sort'], number>;
  accepted: number;
  /** Submissions that were not accepted in the end. */
  refused: ByStatus;
  /** Requests sent again, by the answer that was the reason. */
  retried: ByStatus;
  mails: number;
  confirmed: number;
  /** Links that led nowhere because their mailbox had asked again since. */
  overtaken: number;
  /** Mailboxes that were accepted and are not confirmed yet. */
  waiting: number;
  /** How long requests took, and when each mailbox was confirmed, in ms. */
  times: Record<'submission' | 'confirmation' | 'confirmedAt', number[]>;
  send(submission: Submission): void;
  takeSubmission(submission: Submission, answer: Answer, span: Span): void;
  takeMail(): void;
  takeConfirmation(mailbox: number, answer: Answer, span: Span): void;
  /** What the confirmed mailboxes add to the tally. */
  counts(): Counts;
  /** Answers that the contract does not allow and, unless the run was cut short, mailboxes that never could confirm. */
  differences(cutShort: boolean): Difference[];
}

interface Supporter {
  counted: Counted;
  submissions: number;
  accepted: boolean;
  confirmed: boolean;
}

export function createLedger(): Ledger {
  const supporters = new Map<number, Supporter>();
  const wrong = createWrongAnswers();
  const ledger: Ledger = {
    ...{ sent: { valid: 0, duplicate: 0, invalid: 0 }, refused: {}, retried: {} },
    ...{ accepted: 0, mails: 0, confirmed: 0, overtaken: 0, waiting: 0 },
    times: { submission: [], confirmation: [], confirmedAt: [] },
    send: ({ sort, supporter }) => {
      ledger.sent[sort] += 1;
      if (!supporter) return;
      const { mailbox, counted } = supporter;
      const known = supporters.get(mailbox) ?? { counted, submissions: 0, accepted: false, confirmed: false };
      supporters.set(mailbox, known);
      known.submissions += 1;
    },
    takeSubmission: ({ what, status, supporter }, answer, { begun, ended }) => {
      ledger.times.submission.push(ended - begun);
      addAll(ledger.retried, answer.retries);
      // Trouble on the other side breaks no promise: the submission was not accepted.
      if (answer.status !== status && !passes(answer.status))
        wrong.add(`answer to a submission, ${what}`, status, answer);
      if (answer.status !== 202) return addAll(ledger.refused, [answer.status]);
      ledger.accepted += 1;
      const known = supporter && supporters.get(supporter.mailbox);
      if (!known || known.accepted) return;
      known.accepted = true;
      if (!known.confirmed) ledger.waiting += 1;
    },
    takeMail: () => {
      ledger.mails += 1;
    },
    takeConfirmation: (mailbox, answer, { begun, ended }) => {
      ledger.times.confirmation.push(ended - begun);
      addAll(ledger.retried, answer.retries);
      const known = supporters.get(mailbox);
      const isOvertaken = answer.status === 410 && Number(known?.submissions) > 1;
      if (isOvertaken) ledger.overtaken += 1;
      else if (answer.status !== 200) wrong.add('answer to a confirmation', 200, answer);
      if (answer.status !== 200 || !known || known.confirmed) return;
      known.confirmed = true;
      ledger.confirmed += 1;
      ledger.times.confirmedAt.push(ended);
      if (known.accepted) ledger.waiting -= 1;
    },
    counts: () => {
      const confirmed = [...supporters.values()].filter((supporter) => supporter.confirmed);
      return countsOfActions(confirmed.map(({ counted }) => counted));
    },
    differences: (cutShort) => {
      const what = 'mailboxes accepted that never could confirm';
      const lost = { what, expected: '0', found: String(ledger.waiting) };
      return [...wrong.differences(), ...(ledger.waiting > 0 && !cutShort ? [lost] : [])];
    },
  };
  return ledger;
}

/** Equal ones are told once, with how often they came. */
function createWrongAnswers() {
  const times = new Map<string, number>();
  return {
    add: (what: string, expected: number, { status }: Answer) => {
      const key = JSON.stringify([what, String(expected), String(status)]);
      times.set(key, (times.get(key) ?? 0) + 1);
    },
    differences: (): Difference[] =>
      [...times].map(([key, count]) => {
        const [what, expected, found] = JSON.parse(key);
        return { what, expected, found: count > 1 ? `${found}, ${count} times` : found };
      }),
  };
}

function addAll(counts: ByStatus, statuses: number[]): void {
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
}
