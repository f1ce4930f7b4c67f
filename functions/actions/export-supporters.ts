import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { inLanguage, Language } from '../../shared/kernel/language.ts';
import { guardCell } from '../../shared/kernel/spreadsheet-cell.ts';
import type { Campaign } from '../campaigns/read.ts';
import { Action, Details, fromKey, Joined } from './action.ts';
import { saidIn } from './join-campaign.ts';
import { Cursor, listId } from './list-actions.ts';

export const ExportQuery = z.strictObject({
  consent: listId.meta({ description: 'Id of one of the campaign’s consents', example: 'updates' }),
  cursor: Cursor.optional().meta({ description: 'That of the `link` of the answer before' }),
  limit: z.coerce.number().int().min(1).max(500).default(500).describe('Rows at most'),
});
export type ExportQuery = z.output<typeof ExportQuery>;

/** What is read of a stored action to export who is behind it. */
export const SupporterFacts = Action.pick({ pk: true, sk: true, state: true, confirmedAt: true }).extend({
  current: Details.pick({
    campaign: true,
    givenName: true,
    familyName: true,
    email: true,
    country: true,
    language: true,
    postalCode: true,
    source: true,
    consents: true,
  })
    .extend({ joined: z.array(Joined).optional() })
    .optional(),
});
export type SupporterFacts = z.output<typeof SupporterFacts>;

/** A consent of a campaign, and what of the campaign says who granted it. */
export interface Exported {
  campaign: Pick<Campaign, 'slug' | 'partOf' | 'defaultLanguage'>;
  consent: Campaign['consents'][number];
}

/** What somebody said to the consent with one action, when they were asked. */
interface Answer {
  person: NonNullable<SupporterFacts['current']>;
  version: number;
  granted: boolean;
  /** When it was confirmed, in milliseconds since the epoch. */
  at: number;
  source: string | undefined;
}

/** What was answered in this very campaign; undefined when it was not asked there, or the action does not stand. */
export function answerTo({ campaign, consent }: Exported, action: SupporterFacts): Answer | undefined {
  const { state, current, confirmedAt = 0 } = action;
  const said = state === 'confirmed' ? current && saidIn(current, campaign.slug) : undefined;
  const given = said?.consents.find(({ id }) => id === consent.id);
  if (!current || !said || !given) return undefined;
  const at = 'at' in said ? said.at : confirmedAt;
  return { person: current, version: given.version, granted: given.granted, at, source: said.source };
}

/**
 * The row of a supporter who granted the consent; undefined for others. Of whoever was asked with actions of several kinds,
 * the last word counts, and one row is written: that of the first kind.
 * @param twins the same mailbox's actions of the other kinds
 */
export function toRow(
  exported: Exported,
  action: SupporterFacts,
  twins: SupporterFacts[],
): string[] | undefined {
  const own = answerTo(exported, action);
  const asked = twins.filter((twin) => answerTo(exported, twin));
  if (!own || asked.some((twin) => rank(twin) < rank(action))) return undefined;
  const others = asked.flatMap((twin) => answerTo(exported, twin) ?? []);
  const last = others.reduce((latest, other) => (other.at > latest.at ? other : latest), own);
  return last.granted ? toCells(exported, last) : undefined;
}

const columns = [
  ...['given_name', 'family_name', 'email', 'country', 'language', 'postal_code'],
  ...['consent', 'consent_version', 'granted_text', 'confirmed_at', 'source'],
];

/** A table with one line for each supporter. It begins with the byte order mark, and no cell is a formula. */
export function toCsv(rows: string[][]): string {
  const cells = rows.map((row) => row.map(guardCell));
  return stringify([columns, ...cells], { bom: true, record_delimiter: 'windows', quoted: true });
}

function toCells({ campaign, consent }: Exported, { person, version, at, source = '' }: Answer): string[] {
  const { givenName, familyName, email, country, language, postalCode = '' } = person;
  const texts = consent.versions.find((each) => each.version === version)?.texts ?? {};
  const text = inLanguage(texts, Language.parse(language), campaign.defaultLanguage);
  return [
    ...[givenName, familyName, email, country, language, postalCode],
    ...[consent.id, String(version), text, new Date(at).toISOString(), source],
  ];
}

function rank(action: SupporterFacts): number {
  return ActionKind.options.indexOf(fromKey(action).kind);
}
