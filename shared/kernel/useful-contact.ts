/** What a letter goes by on each channel: the type of a contact. */
export const contactOf = {
  email: 'email',
  post: 'address',
  'web-form': 'url',
  'by-hand': 'address',
} as const;

interface Reached<C extends { type: string; status: string }> {
  channel: keyof typeof contactOf;
  contact_details: C[];
}

/**
 * The contact that a letter to an office goes by, on its channel: one at which nothing has bounced and which is in use,
 * verified ones before others. Undefined when there is none.
 */
export function usefulContact<C extends { type: string; status: string }>({
  channel,
  contact_details,
}: Reached<C>): C | undefined {
  const useful = contact_details.filter(
    ({ type, status }) => type === contactOf[channel] && status !== 'bounced' && status !== 'retired',
  );
  return useful.find(({ status }) => status === 'verified') ?? useful[0];
}
