import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { refuseArchived } from './apply-settings.ts';
import type { Campaign } from './campaign.ts';

type Note = Campaign['notes'][number];

/** Each stands on the page, under the ask. */
const mostNotes = 50;

/**
 * The campaign with one note more; with no other when the very same request has added it already.
 * @throws Problem `invalid-fields`, or `conflict`.
 */
export function addNote(campaign: Campaign, note: Note): Campaign {
  const { notes, defaultLanguage } = campaign;
  if (notes.some((each) => isDeepStrictEqual(each, note))) return campaign;
  refuseArchived(campaign);
  if (note.texts[defaultLanguage] === undefined) throw notInDefault(defaultLanguage);
  if (notes.length >= mostNotes)
    throw new Problem('conflict', `A campaign has ${mostNotes} notes at most, and this one has them.`);
  return { ...campaign, notes: [...notes, note] };
}

function notInDefault(language: string): Problem {
  const message = 'Give it in the default language of the campaign at least.';
  return invalidFields([{ pointer: `/texts/${language}`, code: 'required', message }]);
}
