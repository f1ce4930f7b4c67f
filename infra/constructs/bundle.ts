import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type Metafile } from 'esbuild';
import { staticFilesDefined } from './static-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages with a native library: they are copied beside the bundles that need them, not into these. */
const native = ['@myriaddreamin/typst-ts-node-compiler'];

interface BundleOptions {
  /** Puts further files beside the bundle: of the native packages, those that it needs. */
  copy?: (folder: string) => void;
}

/**
 * Functions and all that they import, the SDK included, each as one CommonJS file; several in one asset, if they share
 * what is copied beside them. No Docker and no installation. `entries` are their files under `functions/` by their files
 * in the asset, both without ending.
 */
export function bundle(entries: Record<string, string>, { copy }: BundleOptions = {}): Code {
  const tryBundle = (folder: string) => {
    const { metafile } = buildSync({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(
        Object.entries(entries).map(([file, entry]) => [file, `functions/${entry}.ts`]),
      ),
      outdir: folder,
      bundle: true,
      minify: true,
      keepNames: false,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      // As characters, not as six signs each: texts in other scripts are a third of the larger bundles.
      charset: 'utf8',
      mainFields: ['module', 'main'],
      conditions: ['module'],
      external: native,
      metafile: true,
      define: staticFilesDefined,
      logLevel: 'error',
      // Lambda gives credentials by the environment: see shared/aws/lambda-credentials.ts.
      alias: { '@aws-sdk/credential-provider-node': `${root}shared/aws/lambda-credentials.ts` },
    });
    if (copy) copy(folder);
    else refuseNative(metafile);
    return true;
  };
  return Code.fromAsset(`${root}functions`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('bundled-without-docker'),
      local: { tryBundle },
      // Not used by the bundling; it is what tells one function's bundle from another's in the CDK's cache.
      environment: { entry: Object.values(entries).join() },
    },
  });
}

/** What a function does not use of the files that it imports is left out, native packages too: package.json lets esbuild do so. */
function refuseNative({ outputs }: Metafile): void {
  for (const { entryPoint, imports } of Object.values(outputs))
    for (const { path } of imports)
      if (native.includes(path)) throw new Error(`${entryPoint} needs ${path}: copy it beside the bundle.`);
}
