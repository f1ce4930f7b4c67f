import { setTimeout } from 'node:timers/promises';

/** The last answer to a request, and what came before it. */
export interface Answer {
  /** 0 when there was none: the connection failed. */
  status: number;
  /** How often it was asked again, by the status that was the reason. */
  retries: number[];
}

/** Tries in all. */
const tries = 6;
/** What may pass by itself: no answer, too many requests, trouble on the other side. */
export const passes = (status: number) => status === 0 || status === 429 || status >= 500;

/**
 * Posts, and asks again as a client would: after the time that the answer names, else after a growing one. What is
 * posted here may be repeated: its natural keys make it one.
 */
export async function post(url: string, contentType: string, body: string): Promise<Answer> {
  const retries: number[] = [];
  for (;;) {
    const { status, retryAfter } = await postOnce(url, contentType, body);
    if (!passes(status) || retries.length + 1 >= tries) return { status, retries };
    await setTimeout(1_000 * (retryAfter ?? 0.25 * 2 ** retries.length * (1 + Math.random())));
    retries.push(status);
  }
}

async function postOnce(url: string, contentType: string, body: string) {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body });
    await response.arrayBuffer();
    const header = response.headers.get('retry-after');
    return { status: response.status, retryAfter: header === null ? undefined : Number(header) };
  } catch {
    return { status: 0, retryAfter: undefined };
  }
}
