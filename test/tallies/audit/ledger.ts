/** Counters of one campaign by UTC hour (`2026-10-10T09`): names and exact values, none of which is zero. */
export type Hours = Record<string, Record<string, bigint>>;

/** What an action counts by, in words of this folder. Amounts in minor units. */
export interface Counting {
  campaign: string;
  root: string;
  kind: 'signature' | 'pledge' | 'endorsement';
  country: string;
  partner?: string | undefined;
  source?: string | undefined;
  /** What the key of the action ends in, of a supporter who may be shown in public. */
  shown?: string | undefined;
  pledge?: { currency: string; amount: bigint; fulfilled: bigint } | undefined;
  /** Campaigns that were signed before that one, and are still signed: each by where somebody came from there. */
  earlier: Origin[];
}
export interface Origin {
  campaign: string;
  partner?: string | undefined;
  source?: string | undefined;
}

export type Way = 'withdrawn' | 'erased' | `invalidated+${string}`;

/** Books in which what counted is struck out, and what counts now is entered, in the hour of each change. */
export interface Ledger {
  change(at: number, before: Counting | undefined, after: Counting | undefined, way: Way): void;
  hours(campaign: string): Hours;
  /** Time of the last change that this campaign has; 0 before the first. */
  asOf(campaign: string): number;
  /** The signatures of supporters who may be shown in public, by the end of their key, with the time of confirmation. */
  shown(campaign: string): Record<string, number>;
}

export function aLedger(): Ledger {
  const books = new Map<string, Hours>();
  const last = new Map<string, number>();
  const shown = new Map<string, Map<string, number>>();
  const enter = (campaign: string, at: number, name: string, by: bigint) => {
    const hour = new Date(at).toISOString().slice(0, 'YYYY-MM-DDTHH'.length);
    const book = books.get(campaign) ?? {};
    const line = book[hour] ?? {};
    books.set(campaign, { ...book, [hour]: { ...line, [name]: (line[name] ?? 0n) + by } });
  };
  const show = (campaign: string, at: number, was: Counting | undefined, is: Counting | undefined) => {
    const list = shown.get(campaign) ?? new Map<string, number>();
    shown.set(campaign, list);
    if (was?.shown) list.delete(was.shown);
    if (is?.shown && is.kind === 'signature') list.set(is.shown, at);
  };
  return {
    change: (at, before, after, way) => {
      const [left, joined] = [countsIn(before), countsIn(after)];
      for (const slug of new Set([...left.keys(), ...joined.keys()])) {
        const [was, is] = [left.get(slug), joined.get(slug)];
        last.set(slug, Math.max(last.get(slug) ?? 0, at));
        if (was) for (const [name, by] of linesOf(was)) enter(slug, at, name, -by);
        if (is) for (const [name, by] of linesOf(is)) enter(slug, at, name, by);
        show(slug, at, was, is);
        if (was && !is) enter(slug, at, `${letter(was)}:${way}`, 1n);
        if (is && !was) enter(slug, at, `${letter(is)}:confirmed`, 1n);
      }
    },
    hours: (campaign) => withoutZeros(books.get(campaign) ?? {}),
    asOf: (campaign) => last.get(campaign) ?? 0,
    shown: (campaign) => Object.fromEntries(shown.get(campaign) ?? []),
  };
}

/** The sum of all hours. */
export function sumOf(hours: Hours): Record<string, bigint> {
  const sum: Record<string, bigint> = {};
  for (const line of Object.values(hours))
    for (const [name, value] of Object.entries(line)) sum[name] = (sum[name] ?? 0n) + value;
  return withoutZeros({ sum })['sum'] ?? {};
}

/** A counter that stands at zero says what a missing one says. */
export function withoutZeros(hours: Hours): Hours {
  const lines = Object.entries(hours).map(([hour, line]) => {
    const kept = Object.entries(line).filter(([, value]) => value !== 0n);
    return [hour, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(lines.filter(([, line]) => Object.keys(line).length > 0));
}

/** The campaigns that an action counts for, once each: those that were signed, and their root, which goes by the last. */
function countsIn(counting: Counting | undefined): Map<string, Counting> {
  if (!counting) return new Map();
  const { campaign, root, earlier } = counting;
  return new Map([
    ...earlier.map(({ campaign, partner, source }) => [campaign, { ...counting, partner, source }] as const),
    [campaign, counting],
    [root, counting],
  ]);
}

function linesOf(counting: Counting): Array<[name: string, by: bigint]> {
  const { kind, country, partner, source, pledge } = counting;
  const lines: Array<[string, bigint]> = [
    [letter(counting), 1n],
    [`${letter(counting)}@${country}`, 1n],
  ];
  if (partner) lines.push([`${letter(counting)}+${partner}`, 1n]);
  if (source && kind === 'signature') lines.push([`s~${source}`, 1n]);
  if (pledge) lines.push([`n#${pledge.currency}`, 1n], [`a#${pledge.currency}`, pledge.amount]);
  if (pledge) lines.push([`f#${pledge.currency}`, pledge.fulfilled]);
  return lines;
}

function letter({ kind }: Counting): string {
  return kind.charAt(0);
}
