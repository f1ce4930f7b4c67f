import { setting } from './env.ts';

/** Who signs campaigners in, and as which client: public, so that a page may say it to its script. */
export const campaignerIssuer = {
  issuer: /* @__PURE__ */ setting('ISSUER'),
  client: /* @__PURE__ */ setting('AUDIENCE'),
};

/** Whom such a script talks to: Cognito gives tokens at another origin than it describes itself at. */
export const signInOrigins = [
  ...new Set([campaignerIssuer.issuer, setting('SIGN_IN_ADDRESS')].map(toOrigin)),
];

function toOrigin(address: string): string {
  return new URL(address).origin;
}
