import { type HttpAnswer, type HttpRequest, page } from '../../shared/http/http-handler.ts';
import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { toQuery } from './address.ts';
import { type CampaignerIssuer, toIssuer } from './dashboard-page.ts';
import { hiddenField } from './form-fields.ts';
import { html } from './html.ts';
import { invitationOutcomes } from './invitation-outcomes.ts';
import { layout } from './layout.ts';
import { messagePage } from './message-page.ts';
import { formatTime } from './names.ts';
import { pageText } from './page-text.ts';
import { problemPage } from './problem-page.ts';

export interface InvitationPage {
  language: Language;
  /** Name of the organisation. */
  organisation: string;
  role: 'viewer' | 'reviewer' | 'organiser' | 'owner' | 'secretariat';
  /** Milliseconds since the epoch. */
  expiresAt: number;
  token: string;
  issuer: CampaignerIssuer;
}

/** Where the mailed link of an invitation leads. It changes nothing by itself; its script signs in and then accepts. */
export function invitationPage(page: InvitationPage): string {
  const { language, organisation, role, expiresAt, token, issuer } = page;
  const t = pageText(language);
  const title = t('invitation.title', { owner: organisation });
  return layout({
    language,
    title,
    indexed: false,
    scripts: ['sign-in.js'],
    translations: languages.map((lang) => ({
      language: lang,
      href: `/invitation${toQuery({ token, lang })}`,
    })),
    body: html`<div class="narrow card"${toIssuer(issuer)}>
<h1>${title}</h1>
<p class="lead">${t(`invitation.role.${role}`, { owner: organisation })}</p>
<p data-when="ready offline problem">${t('invitation.signIn')}</p>
<noscript><p class="notice">${t('invitation.script')}</p></noscript>
<form id="accept" class="confirm" data-when="ready offline problem" data-action="/v1/invitations/accept">
${hiddenField('token', token)}<button class="button" type="submit" disabled>${t('invitation.accept')}</button>
</form>
${invitationOutcomes(language)}
<p class="meta" data-when="ready offline problem">${t('invitation.until', { date: formatTime(new Date(expiresAt).toISOString(), language) })} ${t('invitation.notYou')}</p>
</div>`,
  });
}

/** That an invitation is no longer good, and whom to ask; any other problem as on other pages. */
export function invitationProblemPage(
  problem: Problem,
  request: HttpRequest,
): HttpAnswer | Promise<HttpAnswer> {
  if (problem.code !== 'link-expired') return problemPage(problem, request);
  const { query, headers } = request;
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  const t = pageText(language);
  const [title, text] = [t('invitation.over.title'), t('invitation.over.text')];
  return page(problem.status, messagePage({ language, title, text }));
}
