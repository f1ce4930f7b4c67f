import { coldLoad } from './cold-load.ts';
import { compare } from './compare/compare.ts';
import { contentionFigures } from './contention-figures.ts';
import { actionCost } from './cost.ts';
import { freshness } from './freshness.ts';
import { hotKeyFigures } from './hot-keys.ts';
import { letterFigure } from './letter-figure.ts';
import { recountFigures } from './recount/recount.ts';
import type { Section } from './section.ts';
import { resourcesOf, standingCost } from './standing-cost.ts';
import { tallyItemFigures } from './tally-item.ts';
import { unitFigures } from './units.ts';
import { viewerCost } from './viewer-cost.ts';
import { viewerFigures } from './viewer-figures.ts';
import { widgetFigures } from './widget-figures.ts';
import { wrongCounts } from './wrong-counts.ts';

/** All that the bench measures, in the order of its table. */
export const sections: Section[] = [
  {
    name: 'units',
    title: 'What an action writes, asks of the database, tells and mails',
    limit: 240,
    measure: async (lab) => ({ figures: unitFigures(await lab.units()) }),
  },
  {
    name: 'compare',
    title: 'Beside what one would write instead',
    limit: 600,
    measure: async (lab) => compare({ assemblyDir: await lab.assembly() }),
  },
  {
    name: 'wrong-counts',
    title: 'Exact counts, however events are delivered',
    limit: 120,
    measure: async (lab) => ({ figures: await wrongCounts(await lab.shufflingHost()) }),
  },
  {
    name: 'recount',
    title: 'A recount of a million actions',
    byName: true,
    limit: 1_500,
    measure: async (lab) => ({ figures: await recountFigures({ assemblyDir: await lab.assembly() }) }),
  },
  {
    name: 'freshness',
    title: 'From a confirmation to the tally that shows it',
    limit: 180,
    measure: async (lab) => {
      const [{ url }, { left }] = [await lab.host(), await lab.run()];
      return { figures: await freshness(url, left) };
    },
  },
  {
    name: 'tally-item',
    title: 'The largest tally',
    limit: 120,
    measure: async (lab) => ({ figures: tallyItemFigures(await lab.tallyItem()) }),
  },
  {
    name: 'hot-keys',
    title: 'Heat of the hottest keys',
    limit: 180,
    measure: async (lab) => ({
      figures: [...hotKeyFigures(await lab.tallyItem()), ...(await contentionFigures())],
    }),
  },
  {
    name: 'viewers',
    title: 'Viewers of one tally, and what reaches the origin',
    limit: 120,
    measure: async (lab) => viewerFigures(await lab.host()),
  },
  {
    name: 'cold-load',
    title: 'Bundles, and how long functions take to load',
    limit: 240,
    measure: async (lab) => coldLoad(await lab.host(), lab.folder),
  },
  {
    name: 'widget',
    title: 'What a page loads for the widget, and how it comes up',
    limit: 180,
    measure: async (lab) => ({ figures: await widgetFigures(await lab.host()) }),
  },
  {
    name: 'letter',
    title: 'Letters',
    limit: 120,
    measure: async (lab) => ({ figures: letterFigure(await lab.host()) }),
  },
  {
    name: 'cost',
    title: 'What a million confirmed actions and a million viewers cost',
    limit: 240,
    measure: async (lab) => {
      const { figures, charts = [] } = actionCost(await lab.host(), await lab.run(), await lab.units());
      return { figures: [...figures, ...(await viewerCost(await lab.host()))], charts };
    },
  },
  {
    name: 'standing-cost',
    title: 'What a month costs in which nobody comes',
    limit: 60,
    measure: async (lab) => ({ figures: standingCost(resourcesOf(await lab.assembly())) }),
  },
];
