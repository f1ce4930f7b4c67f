import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { between, pick, type Random } from './random.ts';

/** What a confirmed action counts by. */
export interface Counted {
  kind: 'signature' | 'pledge';
  country: string;
  partner?: string;
  source?: string;
  /** Minor units; none of a pledge without money. */
  money?: { currency: string; amount: number };
}
/** One request, when to send it, and how it has to be answered. */
export interface Submission {
  /** Milliseconds after the start. */
  at: number;
  sort: 'valid' | 'duplicate' | 'invalid';
  /** What it is, in words; of an invalid one, what is wrong with it. */
  what: string;
  path: string;
  contentType: string;
  body: string;
  /** Status of the answer, by section 5 of the design. */
  status: number;
  /** Number of the mailbox, and what it counts by once it is confirmed; an invalid submission has none. */
  supporter?: { mailbox: number; counted: Counted };
}
interface Supporter {
  campaign: PublicCampaign;
  /** In the address, so that runs can follow each other on one stack: small letters and digits. */
  run: string;
  /** Number of the mailbox. */
  mailbox: number;
  country: string;
}

/** Of the submissions to a campaign that takes both kinds, and of the pledges to one that takes both types. */
const pledges = 0.1;
const withoutMoney = 0.3;

/** What somebody sends who signs or pledges. */
export function aSubmission({ campaign, run, mailbox, country }: Supporter, random: Random): Submission {
  const { kinds, languages, consents, partners, sources } = campaign;
  const pledging = kinds.includes('pledge') && (random() < pledges || !kinds.includes('signature'));
  const kind = pledging ? 'pledge' : 'signature';
  const partner = maybe(random, partners);
  const source = maybe(random, sources);
  const money = pledging && isOfMoney(campaign, random) ? someMoney(campaign, random) : undefined;
  const body = {
    givenName: pick(random, ['Amina', 'Zoë', 'José', 'Nguyễn', 'محمد', 'Mary-Jane']),
    familyName: pick(random, ['Otieno', "O'Neill", 'Müller', 'García López', '山田', 'حسن']),
    email: `load-${run}-${mailbox}@example.org`,
    country,
    language: pick(random, languages),
    display: pick(random, ['anonymous', 'initials', 'name']),
    consents: consents.map(({ id, version, required }) => ({
      id,
      version,
      granted: required || random() < 0.5,
    })),
    ...(partner && { partner }),
    ...(source && { source }),
    ...(pledging && { pledger: { type: 'individual' } }),
    ...(pledging && (money ? { ...money, interval: 'once' } : { type: 'support' })),
  };
  const counted: Counted = {
    ...{ kind, country },
    ...(partner && { partner }),
    ...(source && { source }),
    ...(money && { money }),
  };
  return {
    at: 0,
    sort: 'valid',
    what: 'valid',
    path: `/v1/campaigns/${campaign.slug}/${kind}s`,
    contentType: 'application/json',
    body: JSON.stringify(body),
    status: 202,
    supporter: { mailbox, counted },
  };
}

/** Mailbox of an address that this run made, however it is spelled. */
export function mailboxIn(address: string, run: string): number | undefined {
  const [, of, mailbox] = /^load-([a-z0-9]+)-(\d+)(?:\+[^@]*)?@example\.org$/i.exec(address) ?? [];
  return of?.toLowerCase() === run ? Number(mailbox) : undefined;
}

function isOfMoney({ pledge }: PublicCampaign, random: Random): boolean {
  const types = pledge?.types ?? ['money'];
  return types.includes('money') && (!types.includes('support') || random() >= withoutMoney);
}

/** In the currencies that the campaign suggests, small and odd amounts as well. */
function someMoney({ pledge }: PublicCampaign, random: Random): { currency: string; amount: number } {
  const suggested = pledge?.suggested ?? {};
  const currencies = Object.keys(suggested);
  const currency = currencies.length > 0 ? pick(random, currencies) : 'EUR';
  const amounts = suggested[currency] ?? [];
  // Not above what is suggested: a campaign may ask to verify large pledges before they count.
  const most = Math.max(...amounts, 1_000);
  const amount = amounts.length > 0 && random() < 0.7 ? pick(random, amounts) : between(random, 1, most);
  return { currency, amount };
}

function maybe(random: Random, list: string[]): string | undefined {
  return list.length > 0 && random() < 0.5 ? pick(random, list) : undefined;
}
