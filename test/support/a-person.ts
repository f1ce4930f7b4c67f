/** What a person sends to sign; any part of it can be replaced. */
export function aSignature(overrides: Record<string, unknown> = {}) {
  return {
    givenName: 'Amina',
    familyName: 'Otieno',
    email: 'amina@example.org',
    country: 'KE',
    consents: [{ id: 'privacy', version: 1, granted: true }],
    ...overrides,
  };
}

/** What a person sends to back the demand without money. */
export function aSupport(overrides: Record<string, unknown> = {}) {
  return { ...aSignature(), type: 'support', pledger: { type: 'individual' }, ...overrides };
}

/** What a person sends to pledge 25.00 EUR once. */
export function aPledge(overrides: Record<string, unknown> = {}) {
  return {
    ...aSignature(),
    amount: 2_500,
    currency: 'EUR',
    interval: 'once',
    pledger: { type: 'individual' },
    ...overrides,
  };
}

/** What somebody sends who speaks for an organisation that supports the ask. */
export function anEndorsement(overrides: Record<string, unknown> = {}) {
  return {
    ...aSignature(),
    organisation: { name: 'Open Minds', url: 'https://openminds.example.org/about' },
    ...overrides,
  };
}
