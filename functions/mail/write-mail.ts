import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { type Action, confirmLinkOf, manageLinkOf } from '../actions/read.ts';
import { type Campaign, readOrganisationName, readTexts } from '../campaigns/read.ts';
import { choosePurpose } from './choose-mail.ts';
import { type ComposedMail, composeMail } from './compose-mail.ts';

/** The mail for what was asked last, and the address as typed that it goes to. */
export interface WrittenMail extends ComposedMail {
  to: string;
  from: string;
  language: string;
}

/** What was asked last, and until when it can be confirmed. */
type Asked = NonNullable<Action['asked']>;

export async function writeMail(
  id: string,
  action: Action,
  asked: Asked,
  campaign: Campaign,
): Promise<WrittenMail> {
  const language = chooseLanguage([asked.language], languages, campaign.defaultLanguage);
  const organisation = await readOrganisationName(campaign.owner);
  const addressed = {
    language,
    givenName: asked.givenName,
    campaignTitle: readTexts(campaign, language).title,
    organisation,
  };
  const mail = composeMail({ ...addressed, ...(await contentOf(id, action, asked)) });
  return { ...mail, to: asked.email, from: organisation, language };
}

async function contentOf(id: string, action: Action, asked: Asked) {
  const kind = asked.pledge ? ('pledge' as const) : ('signature' as const);
  const purpose = choosePurpose(action);
  if (purpose === 'already-confirmed') return { purpose, kind, manageUrl: await manageLinkOf(id, action) };
  const toConfirm = {
    confirmUrl: await confirmLinkOf(id, action),
    manageUrl: await manageLinkOf(id, action),
    linkExpiresAt: new Date(asked.expiresAt),
  };
  const promise = asked.pledge
    ? { kind: 'pledge' as const, after: asked.pledge }
    : { kind: 'signature' as const };
  if (purpose === 'confirm') return { purpose, ...toConfirm, ...promise };
  if (promise.kind === 'signature') return { purpose, ...toConfirm, ...promise };
  return { purpose, ...toConfirm, ...promise, before: action.current?.pledge ?? promise.after };
}
