import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { staticFilesDefined } from './infra/constructs/static-files.ts';

const bounds = {
  // By itself vitest leaves a processor free, which of two is half.
  maxWorkers: availableParallelism(),
  // Many times what is needed alone: a slow machine, with a heavy test beside this one, is no fault.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
};

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
            'test/{actions,audit,bench,campaigns,contract,infra,architecture,kernel,letters,mail,members,network,outbox,site,tallies,targets,web,widget,wordpress}/**/*.test.ts',
          ],
          ...bounds,
        },
      },
      {
        test: {
          name: 'local',
          include: ['test/local/**/*.test.ts'],
          ...bounds,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: 'test/support/synthesise.ts',
          ...bounds,
        },
      },
    ],
  },
});
