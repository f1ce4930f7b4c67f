import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { campaignPath } from './address.ts';
import { liveTally, tallyCard, tallyScript } from './campaign-tally.ts';
import { type Care, care } from './care.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { pageText } from './page-text.ts';
import { type ShareWays, shareScript, shareWays } from './share-ways.ts';

export interface ConfirmedPage extends ShareWays, Care {
  campaign: ShareWays['campaign'] & { slug: string; kinds: readonly ActionKind[] };
  kind: ActionKind;
  tally: PublicTally;
  manageUrl: string;
  /** Of what is not counted before a campaigner has verified it: endorsements, pledges of organisations or above the limit. */
  awaitsVerification?: boolean;
}

/** Thanks, the live count, ways to share; an invitation to tell one's own story, and where to find help. */
export function confirmedPage(page: ConfirmedPage): string {
  const { language, campaign, kind, tally, manageUrl } = page;
  const t = pageText(language);
  const title = t(`confirmed.${kind}.title`);
  const back = campaignPath(campaign.slug, { lang: language });
  const counts = { language, tally, kinds: campaign.kinds, invites: false };
  return layout({
    language,
    title,
    indexed: false,
    scripts: [tallyScript, shareScript],
    body: html`${liveTally(
      counts,
      html`<div class="hero">
<div class="hero-text">
<h1>${title}</h1>
<p class="lead">${campaign.title}</p>
<p>${t(nextOf(page))}</p>
</div>
${tallyCard(counts)}
</div>`,
    )}
<div class="after">
${shareWays(page)}
${care(page)}
</div>
<p><a href="${back}">${t('confirmed.back')}</a></p>
<p><a href="${manageUrl}">${t('confirmed.manage')}</a></p>`,
  });
}

function nextOf({ kind, awaitsVerification }: ConfirmedPage) {
  if (!awaitsVerification) return 'confirmed.text';
  return kind === 'endorsement' ? 'confirmed.endorsement.verify' : 'confirmed.verify';
}
