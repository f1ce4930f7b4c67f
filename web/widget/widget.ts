import { GroundswellAction } from './action-element.ts';
import { loadChunksBy } from './chunks.ts';

/** Where the chunks are; `*` stands for their names. Whoever bundles fills it in (infra/constructs/build-widget.ts). */
declare const CHUNK_FILES: string;

loadChunksBy(
  (name, failures) => import(`${new URL(CHUNK_FILES.replace('*', name), import.meta.url)}#${failures}`),
);

/** A second script on the page finds it defined. */
if (!customElements.get('groundswell-action')) customElements.define('groundswell-action', GroundswellAction);
