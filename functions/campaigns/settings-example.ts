import type { CampaignSettings } from './campaign-settings.ts';

/** Of a small campaign, for the description of the API. */
export const exampleSettings: CampaignSettings = {
  defaultLanguage: 'en',
  texts: {
    en: {
      title: 'A counsellor in every school',
      summary: 'One in seven young people lives with a mental health condition. Schools can help early.',
      text: 'We call on the ministry of education to fund one counsellor for each school by 2030.',
    },
  },
  kinds: ['signature'],
  opensAt: '2030-10-10T00:00',
  closesAt: '2040-01-01T00:00',
  timeZone: 'Africa/Nairobi',
  topics: ['education', 'young-people'],
  milestones: { world: [100, 1_000], country: [50] },
  consents: [
    {
      id: 'privacy',
      required: true,
      texts: { en: 'I agree that my details are kept to count me in this campaign.' },
    },
  ],
  sources: ['share-link', 'qr'],
  letters: {
    approval: true,
    signatory: { name: 'Amara Okafor', organisation: 'Minds in Common', email: 'letters@example.org' },
  },
};
