import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { aCampaignText, aConsent } from './a-campaign.ts';
import type { RunningStack } from './a-stack.ts';
import { putCampaign, putOrganisation } from './a-stored-campaign.ts';
import { xssCorpus } from './an-xss-corpus.ts';
import { byTurns } from './by-turns.ts';

/** Of organisations, which pages make a link of. Other schemes than these are refused where organisations are made. */
const address = 'https://example.org/" onmouseover="__xss()"><script>__xss()</script>#javascript:__xss()';

/** A campaign for each text of the corpus, which has it wherever campaigns and their organisations have one. Their slugs. */
export function putHostileCampaigns(stack: RunningStack): Promise<string[]> {
  return byTurns(xssCorpus, async (text, at) => {
    const [slug, owner] = [`hostile-${at}`, `hostile-org-${at}`];
    await putOrganisation(stack, { slug: owner, name: text, url: address });
    await putCampaign(stack, { ...withText(text), slug, owner, partners: [owner] });
    return slug;
  });
}

/** The same text in all places; in the title as much of it as may be. */
export function withText(text: string): Partial<Campaign> {
  return {
    texts: {
      en: aCampaignText({
        title: text.slice(0, 150),
        summary: text.slice(0, 400),
        text: `${text}\n\n${text}`,
      }),
    },
    consents: [aConsent({ versions: [{ version: 1, since: '2020-01-01T00:00:00Z', texts: { en: text } }] })],
    pledge: {
      types: ['money', 'support'],
      conditions: [10],
      beneficiary: { en: text },
      purpose: { en: text },
      suggested: { EUR: [2_500] },
    },
  };
}
