import { pledgeErrors, pledgeFields } from './pledge-fields.ts';
import type { Texts } from './texts.ts';

/** Whoever bundles fills it in (infra/constructs/build-widget.ts). */
declare const CHUNK_TEXTS: Texts;

export const chunk = { texts: CHUNK_TEXTS, pledgeFields, pledgeErrors };
