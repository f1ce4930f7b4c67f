import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import { type Language, languages } from '../../shared/kernel/language.ts';
import { toQuery } from './address.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { pageText } from './page-text.ts';

/** Who signs people in, for the page's script. */
export interface CampaignerIssuer {
  issuer: string;
  client: string;
}

export interface DashboardPage {
  language: Language;
  issuer: CampaignerIssuer;
}

/** The script fills it in. */
const email = { email: '{email}' };
const roles = ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'] as const;

/** Where campaigners sign in and out. All of it is for a script to show in its time (`web/sign-in`). */
export function dashboardPage({ language, issuer }: DashboardPage): string {
  const t = pageText(language);
  return layout({
    language,
    title: t('dashboard.title'),
    indexed: false,
    scripts: ['sign-in.js'],
    translations: languages.map((lang) => ({
      language: lang,
      href: `${signInPaths.home}${toQuery({ lang })}`,
    })),
    body: html`<div class="narrow card"${toIssuer(issuer)}>
<h1>${t('dashboard.title')}</h1>
<noscript><p>${t('invitation.script')}</p></noscript>
<div role="status">
<p data-when="signed-out" hidden>${t('dashboard.intro')}</p>
<p data-when="unfinished" hidden>${t('dashboard.unfinished')}</p>
<p data-when="offline" hidden>${t('dashboard.offline')}</p>
<p data-when="member no-member" hidden data-email="${t('dashboard.signedIn', email)}"></p>
<p data-when="no-member" hidden>${t('dashboard.noMember')}</p>
</div>
<h2 data-when="member" hidden>${t('dashboard.memberships')}</h2>
<ul data-when="member" hidden data-memberships${roles.map((role) => html` data-role${role}="${t(`dashboard.role.${role}`)}"`)}></ul>
<p data-when="signed-out unfinished offline" hidden><button class="button" type="button" data-do="sign-in">${t('dashboard.signIn')}</button></p>
<p data-when="member no-member" hidden><button class="button second" type="button" data-do="sign-out">${t('dashboard.signOut')}</button></p>
</div>`,
  });
}

/** For the element around all that such a script shows. */
export function toIssuer({ issuer, client }: CampaignerIssuer): Html {
  return html` data-issuer="${issuer}" data-client="${client}"`;
}
