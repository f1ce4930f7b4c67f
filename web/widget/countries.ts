/**
 * The countries of ISO 3166-1 (alpha-2) in the order of the alphabet, each as how far it is from the one before (`a` is the
 * next pair of letters): few bytes for 249 of them.
 */
declare const COUNTRY_STEPS: string;

let at = -1;
/** ISO 3166-1 alpha-2. */
export const countries = [...COUNTRY_STEPS].map((step) => {
  at += step.charCodeAt(0) - 96;
  return String.fromCharCode(65 + at / 26, 65 + (at % 26));
});
