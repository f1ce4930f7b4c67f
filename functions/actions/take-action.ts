import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import type { Campaign } from '../campaigns/read.ts';
import type { Details } from './action.ts';
import type { PledgeRequest, SignatureRequest } from './action-request.ts';

/** A superseded consent may still be granted for 30 days: pages and widgets are cached. */
const consentGrace = 30 * 24 * 60 * 60 * 1_000;
/** Confirmations of what was asked in time are taken for a day after closing. */
const confirmGrace = 24 * 60 * 60 * 1_000;
/** Minor units that count unverified where the campaign sets no limit: sums stay exact (2^53) for 900,000 of them. */
const usualLimit = 10_000_000_000;

/**
 * What is stored of a request, when the campaign takes it. Of a form, a partner or source that is on no list is left out:
 * it has no field where that could be mended, and an old link must not cost a signature.
 * @throws Problem `not-found`, `campaign-not-open`, or `invalid-fields` that names what the campaign does not take.
 */
export function takeAction(
  campaign: Campaign | undefined,
  kind: ActionKind,
  request: SignatureRequest | PledgeRequest,
  now: number,
  { isForm = false } = {},
): Details {
  const open = requireOpen(campaign, kind, now);
  const origin = isForm ? knownOrigin(open, request) : request;
  const errors = [
    ...consentErrors(open, request, now),
    ...listErrors(open, origin),
    ...pledgeErrors(open, request),
  ];
  if (errors.length > 0) throw invalidFields(errors);
  const { givenName, familyName, email, country, postalCode, display, consents } = request;
  const { partner, source } = origin;
  return {
    campaign: open.slug,
    givenName,
    familyName,
    email,
    country,
    language: chooseLanguage([request.language], languages, open.defaultLanguage),
    ...(postalCode && { postalCode }),
    display,
    consents,
    ...(partner && { partner }),
    ...(source && { source }),
    ...('pledger' in request && { pledge: toPledge(open, request) }),
  };
}

/** @throws Problem when the campaign no longer takes the confirmation of what was asked. */
export function requireConfirmable(campaign: Campaign | undefined, now: number): Campaign {
  if (!campaign) throw notFound();
  if (campaign.closesAt && now >= Date.parse(campaign.closesAt) + confirmGrace) throw closed();
  if (campaign.status === 'closed' || campaign.status === 'archived') throw closed();
  return campaign;
}

function requireOpen(campaign: Campaign | undefined, kind: ActionKind, now: number): Campaign {
  if (!campaign || campaign.status === 'draft') throw notFound();
  if (campaign.status === 'paused') throw notOpen('This campaign is paused; try again later.');
  if (campaign.status === 'scheduled' || now < Date.parse(campaign.opensAt))
    throw notOpen('This campaign has not opened yet.');
  if (campaign.status !== 'live' || (campaign.closesAt && now >= Date.parse(campaign.closesAt)))
    throw closed();
  if (!campaign.kinds.includes(kind)) throw notOpen(`This campaign takes no ${kind}s.`);
  return campaign;
}

const notFound = () => new Problem('not-found', 'There is no such campaign; check its address.');
const notOpen = (detail: string) => new Problem('campaign-not-open', detail);
const closed = () => notOpen('This campaign is closed; thank you for wanting to take part.');

function consentErrors(campaign: Campaign, request: SignatureRequest, now: number): FieldError[] {
  const missing = campaign.consents
    .filter(
      ({ id, required }) => required && !request.consents.some((given) => given.id === id && given.granted),
    )
    .map(({ id }) => {
      const at = request.consents.findIndex((given) => given.id === id);
      const pointer = at < 0 ? '/consents' : `/consents/${at}/granted`;
      return {
        pointer,
        code: 'consent-required',
        message: `Grant the consent "${id}", or nothing can be stored.`,
      };
    });
  const unknown = request.consents.flatMap((given, at) =>
    isAccepted(campaign, given, now)
      ? []
      : [
          {
            pointer: `/consents/${at}`,
            code: 'consent-outdated',
            message: 'Read the consent again: its text has changed, or it is not asked here.',
          },
        ],
  );
  return [...missing, ...unknown, ...repeatedConsents(request)];
}

/** Granted and refused in one breath would be no consent. */
function repeatedConsents({ consents }: SignatureRequest): FieldError[] {
  return consents.flatMap(({ id }, at) =>
    consents.findIndex((given) => given.id === id) === at
      ? []
      : [{ pointer: `/consents/${at}`, code: 'consent-repeated', message: 'Give each consent once.' }],
  );
}

/** In force, or superseded within the grace. */
function isAccepted(campaign: Campaign, given: { id: string; version: number }, now: number): boolean {
  const versions = campaign.consents.find(({ id }) => id === given.id)?.versions ?? [];
  const at = versions.findIndex(({ version }) => version === given.version);
  if (at < 0) return false;
  const successor = versions[at + 1];
  return !successor || now < Date.parse(successor.since) + consentGrace;
}

type Origin = Pick<SignatureRequest, 'partner' | 'source'>;

function knownOrigin({ partners, sources }: Campaign, { partner, source }: Origin): Origin {
  return {
    partner: partners.find((each) => each === partner),
    source: sources.find((each) => each === source),
  };
}

function listErrors(campaign: Campaign, { partner, source }: Origin): FieldError[] {
  const lists: Array<[string, string | undefined, string[]]> = [
    ['partner', partner, campaign.partners],
    ['source', source, campaign.sources],
  ];
  return lists
    .filter(([, value, list]) => value !== undefined && !list.includes(value))
    .map(([field]) => ({
      pointer: `/${field}`,
      code: 'not-in-list',
      message: `This is no ${field} of the campaign; leave it out or use one of its list.`,
    }));
}

/** A campaign that says nothing of pledges takes those of money, without conditions. */
function pledgeErrors({ pledge }: Campaign, request: SignatureRequest | PledgeRequest): FieldError[] {
  if (!('pledger' in request)) return [];
  const types: string[] = pledge?.types ?? ['money'];
  const conditions = pledge?.conditions ?? [];
  const { type, condition } = request;
  return [
    ...(types.includes(type)
      ? []
      : [notOffered('type', `This campaign takes pledges of ${types.join(' or ')}.`)]),
    ...(!condition || conditions.includes(condition.atLeast)
      ? []
      : [notOffered('condition', toOffer(conditions))]),
  ];
}

function notOffered(field: string, message: string): FieldError {
  return { pointer: `/${field}`, code: 'not-offered', message };
}

function toOffer(conditions: number[]): string {
  return conditions.length > 0
    ? `This campaign offers these conditions: at least ${conditions.join(', ')}.`
    : 'This campaign offers no conditions.';
}

/**
 * An organisation's pledge, or one above the campaign's limit, counts only once a campaigner has verified it. Only an
 * organisation's name is kept: a person has said theirs.
 */
function toPledge(campaign: Campaign, request: PledgeRequest): NonNullable<Details['pledge']> {
  const { amount, currency, interval, condition, note } = request;
  const { type, name } = request.pledger;
  return {
    ...(request.type === 'money' && { amount, currency, interval }),
    ...(condition && { atLeast: condition.atLeast }),
    pledger: { type, ...(type === 'organisation' && name && { name }) },
    ...(note && { note }),
    toVerify: type === 'organisation' || isAboveLimit(campaign, request),
  };
}

function isAboveLimit({ pledge }: Campaign, { amount, currency }: PledgeRequest): boolean {
  if (amount === undefined || currency === undefined) return false;
  return amount > (pledge?.limit?.[currency] ?? usualLimit);
}
