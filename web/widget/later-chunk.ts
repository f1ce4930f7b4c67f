import { checkView } from './check-view.ts';
import { closedNotice } from './closed-notice.ts';
import { explain } from './context.ts';
import { shareView } from './share-view.ts';
import type { Texts } from './texts.ts';
import { askIfMeant } from './typo.ts';

/** Whoever bundles fills it in (infra/constructs/build-widget.ts). */
declare const CHUNK_TEXTS: Texts;

export const chunk = { texts: CHUNK_TEXTS, checkView, shareView, closedNotice, askIfMeant, explain };
