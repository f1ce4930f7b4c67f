import { defineConfig } from 'vitest/config';
import { staticFilesDefined } from './infra/constructs/static-files.ts';

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
            'test/{actions,bench,campaigns,contract,infra,architecture,kernel,letters,mail,members,outbox,site,tallies,targets,web,widget,wordpress}/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'local',
          include: ['test/local/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: 'test/support/synthesise.ts',
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
