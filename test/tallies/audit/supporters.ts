import { toActionId, toKey, verificationOf } from '../../../functions/actions/action.ts';
import type { Database } from '../../support/a-database.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../../support/an-action.ts';
import type { Course } from './course.ts';
import {
  actions,
  type Command,
  campaignOf,
  type History,
  hashOf,
  isToVerify,
  type Said,
  type Slugs,
  type Timed,
  timed,
} from './history.ts';
import { inProcess, wasTold } from './process.ts';
import type { Rooms } from './rooms.ts';

type Store = Rooms['store'];
type Pressed = Exclude<Timed, { do: 'expire' }>;

/**
 * Does what the commands say over the store of the actions room. Whoever gets no answer presses the button again, as
 * whoever presses it several times at once.
 */
export async function act(
  { commands }: History,
  course: Course,
  slugs: Slugs,
  store: Store,
  database: Database,
): Promise<void> {
  const mailed = new Map<number, number[]>();
  for (const command of timed(commands)) {
    if (command.do === 'expire') {
      await expire(idOf(command.who, slugs), command.now);
      continue;
    }
    const people = command.do === 'invalidate' ? command.many : [command.who];
    const presses = Array.from({ length: command.presses }, () => people).flat();
    await course.turns.together(presses.map((who) => () => untilAnswered(course, () => press(who, command))));
    if (command.do === 'ask') await readMail(command.who);
  }

  async function press(who: number, command: Pressed): Promise<void> {
    const { now } = command;
    const id = idOf(who, slugs);
    switch (command.do) {
      case 'ask':
        return store.askAction(id, toDetails(who, command.said, slugs), now);
      case 'confirm': {
        const version = mailed.get(who)?.at(-1 - command.link);
        if (version !== undefined) sawConfirmed(await store.confirmAction(id, version, now));
        return;
      }
      case 'withdraw':
        return saw('withdraw', await store.withdrawAction(id, now));
      case 'erase':
        return saw('erase', await store.eraseAction(id, now));
      case 'invalidate':
        return saw('invalidate', await invalidate(id, command));
      case 'fulfil': {
        const action = await store.getAction(id);
        if (action) saw('fulfil', await store.fulfilPledge(action, command.paid, now));
        return;
      }
      case 'verify':
        return saw('verify', { done: await verify(id, now) });
      case 'forget':
        return store.forgetAsked(toKey(id), now);
    }
  }

  function invalidate(id: string, { reason, now, within }: Timed<Command & { do: 'invalidate' }>) {
    return store.invalidateAction(id, reason, now, within && slugs[within]);
  }

  /** Again as long as it waits: that another transaction was in the way is no answer. */
  async function verify(id: string, now: number): Promise<boolean> {
    for (;;) {
      const action = await store.getAction(id);
      if (action?.state !== 'confirmed' || !verificationOf(action.current ?? {})?.toVerify) return false;
      if (Object.hasOwn(action.history, `${now} verified`)) return false;
      if (await store.verifyAction(action, now)) return true;
    }
  }

  function saw(what: string, { done }: { done: boolean }): void {
    course.diary.push(`${what} ${done ? 'done' : 'refused'}`);
  }

  function sawConfirmed({ done, action }: Awaited<ReturnType<Store['confirmAction']>>): void {
    saw('confirm', { done });
    const { campaign, joined = [] } = action?.current ?? {};
    const isRoot = campaign === slugs.world;
    if (done && joined.length > 0)
      course.diary.push(`${isRoot ? 'the root' : 'a chapter'} beside ${joined.length}`);
  }

  /** A mail has the link for the last request that was taken. */
  async function readMail(who: number): Promise<void> {
    const version = Number((await stored(idOf(who, slugs)))?.['askedVersion']?.N);
    const links = mailed.get(who) ?? [];
    if (links.at(-1) === version) course.diary.push('ask refused');
    else mailed.set(who, [...links, version]);
  }

  /** What TTL does. */
  async function expire(id: string, now: number): Promise<void> {
    const expires = (await stored(id))?.['expires']?.N;
    if (!expires || Number(expires) * 1_000 > now) return;
    course.diary.push('expire done');
    await database.call('DeleteItem', { TableName: 'Actions', Key: keyOf(id) });
  }

  async function stored(id: string) {
    return (await database.call('GetItem', { TableName: 'Actions', Key: keyOf(id) })).Item;
  }
}

async function untilAnswered(course: Course, press: () => Promise<void>): Promise<void> {
  for (;;) {
    const outcome = await inProcess(course, press);
    if ('answer' in outcome) return;
    if (!outcome.hasEnded && !wasTold(outcome.error)) throw outcome.error;
    course.diary.push('pressed again');
  }
}

function idOf(who: number, slugs: Slugs): string {
  const { root = 'world', kind = 'signature' } = actions[who] ?? {};
  return toActionId({ root: slugs[root], kind, hash: hashOf(who) });
}

function keyOf(id: string) {
  const { pk, sk } = toKey(id);
  return { pk: { S: pk }, sk: { S: sk } };
}

function toDetails(who: number, said: Said, slugs: Slugs) {
  const { country, partner, source, money, currency, amount, toVerify } = said;
  const { kind } = actions[who] ?? {};
  const endorser = { name: 'Open Minds', toVerify: isToVerify(who, said) };
  const pledge = money ? aStoredPledge({ currency, amount, toVerify }) : aStoredSupport({ toVerify });
  return someDetails({
    campaign: slugs[campaignOf(who, said)],
    country,
    display: kind === 'endorsement' ? 'anonymous' : said.display,
    ...(partner && { partner }),
    ...(source && { source }),
    ...(kind === 'pledge' && { pledge }),
    ...(kind === 'endorsement' && { endorser }),
  });
}
