import { GroundswellAction } from './action-element.ts';
import { type LoadChunk, loadChunksBy } from './chunks.ts';
import * as later from './later-chunk.ts';
import * as pledge from './pledge-chunk.ts';

/** The widget in one file, for pages that pin it by its hash. */
loadChunksBy((async (name) => ({ later, pledge })[name]) as LoadChunk);

/** A second script on the page finds it defined. */
if (!customElements.get('groundswell-action')) customElements.define('groundswell-action', GroundswellAction);
