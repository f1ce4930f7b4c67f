import * as z from 'zod';
import { languageQuery } from '../../shared/http/operation.ts';
import { type ActionKind, isWidgetKind } from '../../shared/kernel/action-kind.ts';
import { findLanguage, type Language } from '../../shared/kernel/language.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { type EmbedOptions, themes } from '../../web/pages/embed-code.ts';

/** What may be asked of a campaign that is to be shown on another page. */
export const EmbedQuery = z.object({
  lang: languageQuery.shape.lang.describe(
    "One of the campaign's `languages` (BCP 47, or a list to choose from: `fr-CA` finds `fr`); else that of the page that it will be on",
  ),
  kind: z.string().optional().meta({
    description:
      "One of the campaign's `kinds` that people take part by, or several divided by spaces: the first is shown first",
    example: 'pledge signature',
  }),
  partner: z.string().optional().describe("One of the campaign's `partners`"),
  source: z.string().optional().describe("One of the campaign's `sources`"),
  theme: z.enum(themes).optional(),
});

/** What a campaign has to choose from. */
interface Offer {
  languages: Language[];
  kinds: ActionKind[];
  partners: string[];
  sources: string[];
}

/** Of the options asked for those that the campaign has, and what is wrong with the others. */
export function toEmbedOptions(
  query: Record<string, string | undefined>,
  campaign: Offer,
): { options: EmbedOptions; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const pick = <T extends string>(name: string, asked: string | undefined, list: readonly T[]) => {
    const found = list.find((each) => each === asked);
    if (asked && !found) errors.push(notInList(name, list));
    return found;
  };
  const { lang, kind = '', partner, source, theme } = query;
  const kinds = campaign.kinds.filter(isWidgetKind);
  const language = findLanguage([lang], campaign.languages) ?? lang;
  const options = {
    lang: pick('lang', language, campaign.languages),
    kinds: atLeastOne([...new Set(kind.split(/[ +]/))].flatMap((each) => pick('kind', each, kinds) ?? [])),
    partner: pick('partner', partner, campaign.partners),
    source: pick('source', source, campaign.sources),
    theme: pick('theme', theme, themes),
  };
  return { options, errors };
}

function atLeastOne<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function notInList(name: string, list: readonly string[]): FieldError {
  const message =
    list.length > 0
      ? `Give one of these, or leave it out: ${list.join(', ')}.`
      : `Leave it out: this campaign has no list of ${name}s.`;
  return { pointer: `/${name}`, code: 'not-in-list', message };
}
