/** What a letter goes by on each channel: the type of a contact. */
export const contactOf = {
  email: 'email',
  post: 'address',
  'web-form': 'url',
  'by-hand': 'address',
} as const;
