import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, type BuildResult, buildSync } from 'esbuild';
import { staticFilesDefined } from '../infra/constructs/static-files.ts';
import type { Host } from '../infra/local/host.ts';

const project = join(import.meta.dirname, '..');

/** A bundle that can be loaded. */
export interface Bundle {
  file: string;
  /** What else is deployed with it lies there. @default the folder of the file */
  root?: string;
  /** Names of its settings: it refuses to load without them. */
  settings: string[];
}

/** The bundles of all functions of ours that deploy, by logical id. The CDK's own helpers are not ours. */
export function deployedBundles({ template }: Host): Map<string, Bundle> {
  const functions = template.ofType('AWS::Lambda::Function').filter(([id]) => !id.startsWith('Custom'));
  return new Map(
    functions.map(([id, { Environment, Handler }]) => [
      id,
      {
        root: template.assetFolder(id),
        // `compose/index.handler` lies in `compose/index.js`.
        file: join(template.assetFolder(id), String(Handler).replace(/\.handler$/, '.js')),
        settings: Object.keys(Environment?.Variables ?? {}),
      },
    ]),
  );
}

/** As infra/constructs/bundle.ts has it; `bundleAs` finds out if it has changed there. */
const options = {
  absWorkingDir: project,
  bundle: true,
  minify: true,
  platform: 'node',
  charset: 'utf8',
  target: 'node24',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  define: staticFilesDefined,
  logLevel: 'error',
  alias: { '@aws-sdk/credential-provider-node': join(project, 'shared/aws/lambda-credentials.ts') },
} satisfies BuildOptions;

/** Modules have no `require`, which packages that are no modules call for what is built into Node. */
const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** Bundles the source of a deployed function again, as a module. Throws when it does not deploy as it is bundled here. */
export function bundleAsModule(entry: string, deployed: Bundle, folder: string): Bundle {
  const entryPoints = [`functions/${entry}.ts`];
  const again = buildSync({ ...options, entryPoints, format: 'cjs', write: false });
  if (!readFileSync(deployed.file).equals(again.outputFiles[0]?.contents ?? new Uint8Array())) {
    throw new Error(`${entry} is bundled otherwise in infra/constructs/bundle.ts than in bench/bundles.ts.`);
  }
  const file = join(folder, 'index.mjs');
  buildSync({ ...options, entryPoints, format: 'esm', banner: { js: banner }, outfile: file });
  return { file, settings: deployed.settings };
}

/** Bundles a few lines of source, as functions are bundled. */
export function bundleSource(contents: string, file: string): Bundle {
  buildSync({ ...options, stdin: { contents, resolveDir: project }, format: 'cjs', outfile: file });
  return { file, settings: [] };
}

/** Bytes of a function's bundle by where they come from: an npm package, or a folder of ours. The largest first. */
export function bytesByPackage(entry: string): [from: string, bytes: number][] {
  const { metafile } = buildSync({
    ...{ ...options, entryPoints: [`functions/${entry}.ts`], format: 'cjs' },
    ...{ write: false, outfile: 'index.js', metafile: true },
  }) as BuildResult<{ metafile: true }>;
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of inputs) {
    const from = packageOf(file);
    bytes.set(from, (bytes.get(from) ?? 0) + bytesInOutput);
  }
  return [...bytes].sort(([, one], [, other]) => other - one);
}

function packageOf(file: string): string {
  const [, inPackage] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return inPackage ?? 'our own code';
}
