import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Texts } from '../../shared/kernel/language.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignSettings } from './campaign-settings.ts';
import { versionInForce } from './publish-campaign.ts';

type Consent = Campaign['consents'][number];
type Sent = CampaignSettings['consents'][number];

/**
 * The consents to be asked from now on, and behind them those that are asked no more. What differs from what is asked
 * now is a version of its own; no version that was asked is changed or lost, for somebody may have granted it. Those that
 * partners ask for themselves stay as they are unless they are sent: nobody removes them by not having seen them.
 */
export function nextConsents(stored: Consent[], sent: Sent[], now: number): Consent[] {
  const at = toIso(now);
  const kept = stored.filter(({ id }) => !sent.some((consent) => consent.id === id));
  return [
    ...sent.map((consent) =>
      nextConsent(
        stored.find(({ id }) => id === consent.id),
        consent,
        at,
      ),
    ),
    ...kept.map((consent) => (consent.partner === undefined ? retire(consent, at) : consent)),
  ];
}

/**
 * The consents of a campaign that asks for something else from now on: each is granted anew, in a version of its own, though
 * its words are the same. So a page that still shows the old ask is told to read again.
 */
export function renewConsents(consents: Consent[], now: number): Consent[] {
  const since = toIso(now);
  return consents.map((consent) => {
    const last = versionInForce(consent);
    if (consent.retired || last.since === since) return consent;
    return { ...consent, versions: [...consent.versions, { ...last, version: last.version + 1, since }] };
  });
}

/** The consents with a partner's own as it is to be asked from now on, in the place that it has; without texts it is asked no more. */
export function withPartnerConsent(
  stored: Consent[],
  partner: string,
  texts: Texts | undefined,
  now: number,
): Consent[] {
  const at = toIso(now);
  const own = consentOf(stored, partner);
  const id = own?.id ?? newId(stored, partner);
  const next = texts && nextConsent(own, { id, required: false, partner, texts }, at);
  const others = stored.map((consent) => {
    if (consent.partner !== partner) return consent;
    return consent.id === id && next ? next : retire(consent, at);
  });
  return own || !next ? others : [...others, next];
}

/** What a partner asks for itself; of several the one that is asked now, else the last one that was. */
export function consentOf(consents: Consent[], partner: string): Consent | undefined {
  const own = consents.filter((consent) => consent.partner === partner);
  return own.find(({ retired }) => !retired) ?? own.at(-1);
}

/** Ids have 60 characters at most, and so do slugs: a long one is shortened, and told apart by a hash. */
function newId(stored: Consent[], partner: string): string {
  const plain = `partner-${partner}`;
  if (plain.length <= 60 && !stored.some(({ id }) => id === plain)) return plain;
  return `partner-${createHash('sha256').update(partner).digest('hex').slice(0, 32)}`;
}

function retire(consent: Consent, at: string): Consent {
  return { ...consent, retired: consent.retired ?? at };
}

function nextConsent(stored: Consent | undefined, { texts, ...sent }: Sent, since: string): Consent {
  if (!stored) return { ...sent, versions: [{ version: 1, since, texts }] };
  const last = versionInForce(stored);
  const isSame = !stored.retired && stored.required === sent.required && isDeepStrictEqual(last.texts, texts);
  if (isSame) return stored;
  return { ...sent, versions: [...stored.versions, { version: last.version + 1, since, texts }] };
}

/** What of the consents does not go with what the campaign is and has. */
export function consentErrors({ partners, consents }: Pick<Campaign, 'partners' | 'consents'>, sent: Sent[]) {
  return sent.flatMap(({ id, required, partner, texts }, at): FieldError[] => {
    const pointer = `/consents/${at}/partner`;
    const stored = consents.find((consent) => consent.id === id);
    const refused = (code: string, message: string) => [{ pointer, code, message }];
    if (stored && stored.partner !== partner)
      return refused(
        'another-partner',
        'It was for somebody else: give a consent for another an id of its own.',
      );
    if (partner === undefined) return [];
    if (required) return refused('partner-required', 'A consent for a partner is never required.');
    if (stored && (stored.retired || !isDeepStrictEqual(versionInForce(stored).texts, texts)))
      return refused('partners-own', 'Only the partner changes what it asks for itself; leave it out.');
    if (partners.includes(partner)) return [];
    return refused('not-a-partner', 'This organisation is no partner of the campaign; invite it first.');
  });
}

function toIso(now: number): string {
  return new Date(now).toISOString();
}
