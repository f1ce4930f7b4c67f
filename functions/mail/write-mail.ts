import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { type Action, confirmLinkOf, manageLinkOf, readSaidIn } from '../actions/read.ts';
import { type Campaign, readTexts } from '../campaigns/read.ts';
import { readOrganisationName } from '../network/read.ts';
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
  const promise = promiseOf(asked);
  const { kind } = promise;
  const purpose = choosePurpose(action, readSaidIn(action));
  if (purpose === 'already-confirmed') return { purpose, kind, manageUrl: await manageLinkOf(id, action) };
  const toConfirm = {
    confirmUrl: await confirmLinkOf(id, action),
    manageUrl: await manageLinkOf(id, action),
    linkExpiresAt: new Date(asked.expiresAt),
  };
  if (purpose === 'confirm') return { purpose, ...toConfirm, ...promise };
  if (promise.kind !== 'pledge') return { purpose, ...toConfirm, ...promise };
  return { purpose, ...toConfirm, ...promise, before: action.current?.pledge ?? promise.after };
}

/** What organisations are called is not in their mails: it would be one more text that anybody can write to anyone. */
function promiseOf({ pledge, endorser }: Asked) {
  if (pledge) return { kind: 'pledge' as const, after: pledge };
  return { kind: endorser ? ('endorsement' as const) : ('signature' as const) };
}
