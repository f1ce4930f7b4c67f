import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import type { PublicLetterState } from '../../functions/letters/letter-proof.ts';
import type { CountByDay, CountFlow } from '../../functions/tallies/public-count.ts';
import type { PublicTally } from '../../functions/tallies/public-tally.ts';

/** A live campaign as its page is given it. */
export function aPublicCampaign(changes: Partial<PublicCampaign> = {}): PublicCampaign {
  return {
    slug: 'mental-health-for-all',
    status: 'live',
    owner: { slug: 'demo-network', name: 'Demo Network' },
    language: 'en',
    languages: ['en', 'fr', 'es', 'ar'],
    title: 'Mental health for all',
    summary: 'Governments should lead and fund mental-health education.',
    text: 'Stigma can be unlearned.\n\nFund what works.',
    opensAt: '2026-10-10T00:00:00Z',
    kinds: ['signature', 'pledge'],
    goals: [10, 100],
    consents: [
      { id: 'privacy', version: 2, required: true, text: 'Keep my details to count me.' },
      { id: 'news', version: 1, required: false, text: 'Write to me about answers.' },
    ],
    partners: ['other-org'],
    sources: ['share'],
    targets: [{ country: 'KE', office: 'Ministry of Health' }],
    pledge: aPublicOffer(),
    ...changes,
  };
}

/** What a campaign takes of pledges: money, without conditions. */
export function aPublicOffer(
  changes: Partial<NonNullable<PublicCampaign['pledge']>> = {},
): NonNullable<PublicCampaign['pledge']> {
  return {
    beneficiary: 'The fund',
    purpose: 'School programmes',
    suggested: { EUR: [2500] },
    types: ['money'],
    conditions: [],
    ...changes,
  };
}

export function aPublicTally(changes: Partial<PublicTally> = {}): PublicTally {
  return {
    campaign: 'mental-health-for-all',
    asOf: '2026-11-20T10:31:00Z',
    signatures: { total: 1234, byCountry: { KE: 1000, FR: 234 }, byPartner: {}, bySource: {} },
    pledges: {
      total: 3,
      byCurrency: {
        EUR: { count: 2, amount: 5000, fulfilled: 0 },
        JPY: { count: 1, amount: 3000, fulfilled: 0 },
      },
      byCountry: { FR: 3 },
    },
    endorsements: { total: 0, byCountry: {} },
    goals: { next: 10_000, reached: [10, 100, 1000] },
    governments: { targeted: 8, delivered: 8, answered: 2, committed: {} },
    ratePerMinute: 0,
    pollAfter: 5,
    ...changes,
  };
}

/** A letter to Kenya as anyone may know of it. */
export function aLetterState(changes: Partial<PublicLetterState> = {}): PublicLetterState {
  return {
    office: 'Ministry of Health',
    language: 'en',
    country: 'KE',
    date: '2026-11-20',
    state: 'delivered',
    since: '2026-11-21T08:00:00.000Z',
    ...changes,
  };
}

/** What came and what went; `net` is what is left of it. */
export function aCountFlow(changes: Partial<Omit<CountFlow, 'net'>> = {}): CountFlow {
  const flow = { confirmed: 0, withdrawn: 0, erased: 0, invalidated: {}, ...changes };
  const invalid = Object.values(flow.invalidated).reduce((sum, count) => sum + count, 0);
  return { ...flow, net: flow.confirmed - flow.withdrawn - flow.erased - invalid };
}

/** Two days that add up to the tally, as the count's page is given them. */
export function aCountByDay(changes: Partial<CountByDay> = {}): CountByDay {
  const pledges = aCountFlow({ confirmed: 3 });
  const endorsements = aCountFlow();
  return {
    campaign: 'mental-health-for-all',
    asOf: '2026-11-20T10:31:00Z',
    days: [
      { day: '2026-11-19', signatures: aCountFlow({ confirmed: 1_300 }), pledges, endorsements },
      {
        day: '2026-11-20',
        signatures: aCountFlow({ confirmed: 4, withdrawn: 6, invalidated: { automated: 60, test: 4 } }),
        pledges: aCountFlow(),
        endorsements,
      },
    ],
    sum: {
      signatures: aCountFlow({ confirmed: 1_304, withdrawn: 6, invalidated: { automated: 60, test: 4 } }),
      pledges,
      endorsements,
    },
    tally: { signatures: 1_234, pledges: 3, endorsements: 0 },
    check: 'equal',
    recount: { state: 'done', at: '2026-11-20T03:07:10Z', differences: 2 },
    ...changes,
  };
}

/** Elements and attributes of a page, in order; throws on anything that is not written as our pages write it. */
export function structureOf(page: string): string[] {
  const tag = /<!?\/?([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-z:-]+(?:="[^"<>]*")?)*)\s*>/g;
  const rest = page.replace(tag, '');
  if (/[<>]/.test(rest)) throw new Error(`Not markup of ours: ${rest.match(/.{0,40}[<>].{0,40}/s)?.[0]}`);
  return [...page.matchAll(tag)].map(
    ([, name, attributes = '']) => `${name} ${attributes.replace(/="[^"]*"/g, '').trim()}`,
  );
}

/** Names and values of a page's form fields as a browser would send them, for the form with this action. */
export function fieldsOf(page: string, action: string): Record<string, string> {
  const [, form = ''] = page.split(`action="${action}"`);
  const [inside = ''] = form.split('</form>');
  const fields: Record<string, string> = {};
  for (const [input] of inside.matchAll(/<(?:input|select)\b[^>]*>/g)) {
    const { name = '', type, value = '' } = attributesOf(input);
    if (type === 'radio' || type === 'checkbox') {
      if (/\schecked\b/.test(input)) fields[name] = value;
    } else fields[name] = value;
  }
  return fields;
}

/** The content of a `<meta>` by its name or property; of several, the first. */
export function metaOf(page: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(page)?.[1];
}

export function attributesOf(element: string): Record<string, string> {
  return Object.fromEntries(
    [...element.matchAll(/\s([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
}
