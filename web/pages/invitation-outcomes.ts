import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page-text.ts';

/** What becomes of accepting an invitation, for the page's script to show in its time (`web/sign-in/invitation.ts`). */
export function invitationOutcomes(language: Language): Html {
  const t = pageText(language);
  const email = { email: '{email}' };
  return html`<div role="status">
<p data-when="busy" hidden>${t('invitation.busy')}</p>
<p data-when="accepted" hidden data-email="${t('invitation.accepted', email)}"></p>
<p data-when="member-already" hidden data-email="${t('invitation.memberAlready', email)}"></p>
<p data-when="other-address" hidden data-email="${t('invitation.otherAddress', email)}"></p>
<p data-when="over" hidden><strong>${t('invitation.over.title')}</strong></p>
<p data-when="over" hidden>${t('invitation.over.text')}</p>
<p data-when="offline" hidden>${t('invitation.offline')}</p>
<p data-when="problem" hidden>${t('invitation.problem')}</p>
</div>
<p data-when="other-address" hidden><button class="button" type="button" data-do="sign-in-anew">${t('invitation.anew')}</button></p>
<p data-when="accepted member-already" hidden><a class="button" href="/dashboard?lang=${language}">${t('invitation.toDashboard')}</a></p>`;
}
