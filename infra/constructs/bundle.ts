import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { staticFilesDefined } from './static-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface BundleOptions {
  /** Packages that are copied beside the bundle, not into it. */
  external?: string[];
  /** Puts further files beside the bundle. */
  copy?: (folder: string) => void;
}

/**
 * Functions and all that they import, the SDK included, each as one CommonJS file; several in one asset, if they share
 * what is copied beside them. No Docker and no installation. `entries` are their files under `functions/` by their files
 * in the asset, both without ending.
 */
export function bundle(entries: Record<string, string>, { external = [], copy }: BundleOptions = {}): Code {
  const tryBundle = (folder: string) => {
    buildSync({
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
      external,
      define: staticFilesDefined,
      logLevel: 'error',
      // Lambda gives credentials by the environment: see shared/aws/lambda-credentials.ts.
      alias: { '@aws-sdk/credential-provider-node': `${root}shared/aws/lambda-credentials.ts` },
    });
    copy?.(folder);
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
