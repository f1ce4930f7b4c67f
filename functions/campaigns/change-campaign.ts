import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { changedSince } from '../../shared/http/refuse-stale.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import type { Campaign } from './campaign.ts';
import { getStoredCampaign, putNewCampaign, toReplacement, writeAll } from './campaign-store.ts';

/** Bytes of an item, and of an entry of the log. DynamoDB takes 400 kB of each. */
const mostBytes = 350_000;

interface Author {
  /** Makes the entry of the log. */
  audited: Audited;
  /** The header If-Match, if it was sent. */
  ifMatch?: string | undefined;
}

/** RFC 9110, 8.8.3: names a state of a campaign for If-Match. */
export function etagOf({ version }: Pick<Campaign, 'version'>): string {
  return `"${version}"`;
}

/**
 * Makes one change of a campaign, with its entry in the log: what `decide` makes of the campaign that is stored. When
 * nothing differs, nothing is written. Of two who change it at once, the second decides on what the first has made of it,
 * or, when they said in If-Match what they had seen, is told what changed.
 * @param written what else is written in the same transaction, given the campaign as it is then.
 * @throws Problem `precondition-failed` that names what changed; `invalid-fields` when it would be too large to keep.
 */
export function changeCampaign(
  slug: string,
  { audited, ifMatch }: Author,
  decide: (stored: Campaign) => Campaign | Promise<Campaign>,
  written: (campaign: Campaign) => TransactWriteItem[] = () => [],
): Promise<Campaign> {
  return untilSaved(async () => {
    const stored = await getStoredCampaign(slug);
    if (!stored) throw new Error(`There is no campaign ${slug}`);
    const next = await decideIfSeen(stored, ifMatch, decide);
    if (next === stored) return stored;
    const { raised, writes } = nextVersion(stored, next, audited);
    return (await writeAll([...writes, ...written(raised)])) ? raised : undefined;
  }, 'Too many people are changing this campaign at once; try again.');
}

/**
 * The next version of a campaign, and the parts of a transaction that put it in the place of the one that was read, with its
 * entry in the log: for what is changed together with a campaign. @throws Problem `invalid-fields` as above.
 */
export function nextVersion(
  stored: Campaign,
  next: Campaign,
  audited: Audited,
): { raised: Campaign; writes: TransactWriteItem[] } {
  const raised = requireRoom(raise(stored, next));
  const entry = requireShort(audited(toLogged(stored), toLogged(raised)));
  return { raised, writes: [toReplacement(raised, stored.version), ...entry] };
}

/** Keeps a new campaign with its entry in the log. @throws Problem `conflict` when the slug is taken, whoever has it. */
export async function addNewCampaign(
  campaign: Campaign,
  audited: Audited,
  written: TransactWriteItem[],
): Promise<void> {
  const entry = requireShort(audited({}, toLogged(requireRoom(campaign))));
  if (await putNewCampaign(campaign, [...entry, ...written])) return;
  throw new Problem('conflict', 'This slug is taken; choose another one.');
}

/** The stored campaign itself when nothing differs: that can be said again, whatever was seen. */
async function decideIfSeen(
  stored: Campaign,
  ifMatch: string | undefined,
  decide: (stored: Campaign) => Campaign | Promise<Campaign>,
): Promise<Campaign> {
  const isSeen = fitsIfMatch(ifMatch, etagOf(stored));
  const next = await Promise.resolve(stored)
    .then(decide)
    .catch((refusal: unknown) => {
      throw isSeen ? refusal : movedOn(stored, ifMatch);
    });
  if (isDeepStrictEqual(next, stored)) return stored;
  if (!isSeen) throw movedOn(stored, ifMatch);
  return next;
}

/** The next version, which remembers for each field that differs that it is of it. */
function raise(stored: Campaign, next: Campaign): Campaign {
  const version = stored.version + 1;
  const [old, young] = [stored, next] as unknown as Record<string, unknown>[];
  const names = Object.keys({ ...old, ...young }).filter(
    (name) => !isDeepStrictEqual(old?.[name], young?.[name]),
  );
  const changedIn = { ...stored.changedIn, ...Object.fromEntries(names.map((name) => [name, version])) };
  return { ...next, version, changedIn };
}

/** The salt leaves the room in no way. */
function toLogged({ salt: _salt, version: _version, changedIn: _changedIn, ...said }: Campaign): object {
  return said;
}

/** Names each field that changed after the version that was seen, with what it is now. */
function movedOn(stored: Campaign, ifMatch = ''): Problem {
  const seen = Number(/^(?:W\/)?"(\d+)"$/.exec(ifMatch)?.[1] ?? Number.NaN);
  if (Number.isNaN(seen)) return noVersion(stored);
  const errors = Object.entries(stored.changedIn ?? {})
    .filter(([, version]) => version > seen)
    .sort()
    .map(([name]) => changedSince(name, stored[name as keyof Campaign]));
  const detail = `Somebody has changed this campaign since you read it; errors names what. It is at version ${stored.version} now: read it again, and send your changes with its ETag in If-Match.`;
  return new Problem('precondition-failed', detail, { errors });
}

function noVersion(stored: Campaign): Problem {
  const detail = `If-Match names no version of this campaign: send the ETag of the one that you read. It is at ${etagOf(stored)} now.`;
  return new Problem('precondition-failed', detail);
}

function requireRoom(campaign: Campaign): Campaign {
  if (bytesOf(campaign) <= mostBytes) return campaign;
  const [largest = ''] = Object.entries(campaign)
    .sort(([, a], [, b]) => bytesOf(b) - bytesOf(a))
    .map(([name]) => name);
  const message = `All of a campaign may be ${mostBytes / 1_000} kB; this is the largest part of it. Shorten it.`;
  throw invalidFields([{ pointer: `/${largest}`, code: 'too-large', message }]);
}

function requireShort(entry: TransactWriteItem[]): TransactWriteItem[] {
  if (bytesOf(entry) <= mostBytes) return entry;
  const message =
    'This changes more at once than the log can keep: change a part of it first, then the rest.';
  throw invalidFields([{ pointer: '', code: 'too-large', message }]);
}

/** As JSON, which is more than the database counts. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
