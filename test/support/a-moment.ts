import type { Moment } from '../../functions/network/moment.ts';

/** A moment of each year as it is stored; any part of it can be replaced. */
export function aMoment(changes: Partial<Moment> = {}): Moment {
  return {
    slug: 'world-mental-health-day',
    names: { en: 'World Mental Health Day', fr: 'Journée mondiale de la santé mentale' },
    on: '10-10',
    changedAt: '2026-11-01T09:30:00.000Z',
    version: 2,
    ...changes,
  };
}
