import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { aCampaignText, aConsent } from './a-campaign.ts';
import { aMoment } from './a-moment.ts';
import type { RunningStack } from './a-stack.ts';
import { putCampaign, putMoment, putOrganisation, putPartnership } from './a-stored-campaign.ts';
import { xssCorpus } from './an-xss-corpus.ts';
import { byTurns } from './by-turns.ts';

/** Of organisations, which pages make a link of. Other schemes than these are refused where organisations are made. */
const address = 'https://example.org/" onmouseover="__xss()"><script>__xss()</script>#javascript:__xss()';

/** What was made of a text: by their slugs. */
export interface HostileCampaign {
  slug: string;
  owner: string;
  partner: string;
}

/**
 * A campaign for each text of the corpus, which has it wherever campaigns have one, and what stands around them: their
 * organisations, partners with what these say for themselves, and moments.
 */
export function putHostileCampaigns(stack: RunningStack): Promise<HostileCampaign[]> {
  return byTurns(xssCorpus, async (text, at) => {
    const [slug, owner, partner] = [`hostile-${at}`, `hostile-org-${at}`, `hostile-partner-${at}`];
    const moment = `hostile-day-${at}`;
    for (const organisation of [owner, partner])
      await putOrganisation(stack, { slug: organisation, name: text, url: address });
    await putMoment(stack, aMoment({ slug: moment, names: { en: text } }));
    await putPartnership(stack, {
      ...{ campaign: slug, organisation: partner, state: 'accepted', version: 1 },
      texts: { en: text },
    });
    const consents = [aHostileConsent(text), { ...aHostileConsent(text), id: partner, partner }];
    await putCampaign(stack, { ...withText(text), slug, owner, partners: [partner], moment, consents });
    return { slug, owner, partner };
  });
}

/** The same text in all places of a campaign itself; in the title as much of it as may be. */
export function withText(text: string): Partial<Campaign> {
  return {
    texts: {
      en: aCampaignText({
        title: text.slice(0, 150),
        summary: text.slice(0, 400),
        text: `${text}\n\n${text}`,
      }),
    },
    consents: [aHostileConsent(text)],
    notes: [{ at: '2026-10-12T09:00:00Z', texts: { en: text } }],
    pledge: {
      types: ['money', 'support'],
      conditions: [10],
      beneficiary: { en: text },
      purpose: { en: text },
      suggested: { EUR: [2_500] },
    },
  };
}

function aHostileConsent(text: string): Campaign['consents'][number] {
  return aConsent({ versions: [{ version: 1, since: '2020-01-01T00:00:00Z', texts: { en: text } }] });
}
