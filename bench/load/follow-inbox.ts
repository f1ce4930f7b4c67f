import { setTimeout } from 'node:timers/promises';
import { mailboxIn } from './submission.ts';

/** A mail of this run: to which mailbox, and the token of its link; one that has nothing to confirm has none. */
export interface RunMail {
  mailbox: number;
  token?: string;
}

const interval = 200;
const page = 500;

/** Hands on the mails of a run as they come, until it is stopped or the signal comes; mails of others pass by. */
export function followInbox(
  url: string,
  run: string,
  signal: AbortSignal,
  onMail: (mail: RunMail) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ending = AbortSignal.any([signal, stopping.signal]);
  const follow = async () => {
    let after = idAt(Date.now());
    while (!ending.aborted) {
      const messages = await read(`${url}/inbox/messages?after=${after}&limit=${page}`);
      after = messages.at(-1)?.id ?? after;
      if (!ending.aborted) for (const mail of mailsOf(run, messages)) onMail(mail);
      if (messages.length < page) await setTimeout(interval, undefined, { signal: ending }).catch(() => {});
    }
  };
  const done = follow();
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

interface Message {
  id: string;
  to: string[];
  text: string;
}

function mailsOf(run: string, messages: Message[]): RunMail[] {
  return messages.flatMap(({ to, text }) => {
    const mailbox = mailboxIn(to[0] ?? '', run);
    const [, token] = /\/confirm\?token=([\w.~%-]+)/.exec(text) ?? [];
    return mailbox === undefined ? [] : [{ mailbox, ...(token && { token: decodeURIComponent(token) }) }];
  });
}

/** Ids of messages sort by time: they begin with it, in milliseconds. */
function idAt(time: number): string {
  return `0100${time.toString(16).padStart(12, '0')}`;
}

/** A read that fails finds nothing; the next one finds it. */
async function read(address: string): Promise<Message[]> {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}
