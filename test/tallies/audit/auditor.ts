import { unmarshall } from '@aws-sdk/util-dynamodb';
import { aLedger, type Counting, type Ledger, type Origin, type Way } from './ledger.ts';

type Stored = Parameters<typeof unmarshall>[0];

/** What the auditor looks at in a row of the Actions table. Every number is read as a bigint. */
interface Row {
  pk: string;
  sk: string;
  state: string;
  current?: {
    campaign: string;
    country: string;
    partner?: string;
    source?: string;
    display: string;
    /** Without money, it has no amount. */
    pledge?: Partial<StoredPledge> & { toVerify: boolean };
    endorser?: { toVerify: boolean };
    joined?: Origin[];
  };
  history?: Record<string, Entry | null>;
  historyVersions?: Record<string, bigint>;
}
interface Entry {
  campaign: string;
  country: string;
  partner?: string;
  source?: string;
  shown?: true;
  pledge?: StoredPledge;
  joined?: Origin[];
}
interface StoredPledge {
  currency: string;
  amount: bigint;
  fulfilled?: bigint;
}

/**
 * What must have been counted, by the rows as they are stored. It reads the format by itself, and shares no code with
 * those who write it and those who count.
 * @throws Error when a row contradicts itself: what it says now is not what it says to count by.
 */
export function audit(items: Stored[]): Ledger {
  const ledger = aLedger();
  for (const item of items) {
    const row = unmarshall(item, { wrapNumbers: BigInt }) as Row;
    let before: Counting | undefined;
    for (const [key, entry] of inOrder(row)) {
      const [at, kind = ''] = key.split(' ');
      const after = entry ? toCounting(row, entry) : undefined;
      if (before || after) ledger.change(Number(at), before, after, wayOf(kind));
      before = after;
    }
    expectAgreement(row, before);
  }
  return ledger;
}

function inOrder({ history = {}, historyVersions = {} }: Row): Array<[string, Entry | null]> {
  const versionOf = (key: string) => historyVersions[key] ?? 0n;
  return Object.entries(history).sort(([one], [other]) => (versionOf(one) < versionOf(other) ? -1 : 1));
}

/** `<root>#<kind>#<byte>` is the partition of a row. */
function toCounting({ pk, sk }: Row, entry: Entry): Counting {
  const { campaign, country, partner, source, shown, pledge, joined = [] } = entry;
  const [root = '', kind = ''] = pk.split('#');
  if (kind !== 'signature' && kind !== 'pledge' && kind !== 'endorsement')
    throw new Error(`${pk}: what is it?`);
  return {
    campaign,
    root,
    kind,
    country,
    partner,
    source,
    shown: shown && sk,
    pledge: pledge && { currency: pledge.currency, amount: pledge.amount, fulfilled: pledge.fulfilled ?? 0n },
    earlier: joined,
  };
}

function wayOf(kind: string): Way {
  return kind === 'erased' || kind.startsWith('invalidated+') ? (kind as Way) : 'withdrawn';
}

/** A row counts when it is confirmed and needs no verification; then it counts by what was confirmed. */
function expectAgreement(row: Row, counting: Counting | undefined): void {
  const { state, current } = row;
  const counts = state === 'confirmed' && current !== undefined && !isWaiting(current);
  const shown = current?.display === 'anonymous' ? undefined : row.sk;
  const now = counts ? { ...current, shown, earlier: current.joined ?? [] } : undefined;
  const [said, counted] = [now, counting].map((one) => one && inWords(one));
  if (said !== counted) throw new Error(`${row.pk}/${row.sk} says ${said}, and counts by ${counted}`);
}

function isWaiting({ pledge, endorser }: NonNullable<Row['current']>): boolean {
  return pledge?.toVerify === true || endorser?.toVerify === true;
}

/** All but what was paid, which only the history has. */
function inWords(one: Omit<Counting, 'root' | 'kind' | 'pledge'> & { pledge?: object | undefined }): string {
  const { campaign, country, partner, source, shown, pledge, earlier } = one;
  const { currency, amount }: Partial<StoredPledge> = pledge ?? {};
  const others = earlier.map(({ campaign, partner, source }) => `${campaign} by ${partner} and ${source}`);
  return [campaign, country, partner, source, shown, currency, amount, ...others].join();
}
