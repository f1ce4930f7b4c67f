import type { Target } from '../../functions/targets/target.ts';

/** An office as the registry keeps it; any part of it can be replaced. */
export function aTarget(changes: Partial<Target> = {}): Target {
  return {
    id: 'ke-health',
    classification: 'health-ministry',
    area_id: 'KE',
    label: { en: 'Ministry of Health', fr: 'Ministère de la Santé' },
    languages: ['en'],
    channel: 'email',
    contact_details: [
      { type: 'email', value: 'minister.ke@health.example.org', status: 'verified' },
      { type: 'address', value: 'Afya House\nNairobi', status: 'unverified' },
    ],
    sources: [],
    updated_at: '2026-10-01',
    ...changes,
  };
}
