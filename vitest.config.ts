import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { staticFilesDefined } from './infra/constructs/static-files.ts';

/** By itself vitest leaves a processor free, which of two is half. */
const maxWorkers = availableParallelism();

/** `unit` needs no engines; `flow` runs the synthesised stack on the local host; both are `npm test`. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      {
        define: staticFilesDefined,
        test: {
          name: 'unit',
          include: [
            'test/{actions,audit,bench,campaigns,contract,infra,architecture,kernel,letters,mail,members,outbox,site,tallies,targets,web,widget,wordpress}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'local',
          include: ['test/local/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: 'test/support/synthesise.ts',
          testTimeout: 90_000,
          hookTimeout: 90_000,
          maxWorkers,
        },
      },
    ],
  },
});
