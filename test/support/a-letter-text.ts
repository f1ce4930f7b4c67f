import type { LetterTextVersion } from '../../functions/letters/letter-text.ts';
import { noon } from './a-campaign.ts';

/** What a campaign says in its letters in English, as it is kept; any part of it can be replaced. */
export function aLetterText(changes: Partial<LetterTextVersion> = {}): LetterTextVersion {
  return {
    campaign: 'mental-health-for-all',
    language: 'en',
    version: 1,
    savedAt: noon,
    title: 'Mental health for all',
    place: 'Geneva',
    role: 'Director',
    asks: ['Fund what works.'],
    messages: {},
    ...changes,
  };
}
