import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { staticFilesDefined } from './static-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface BundleOptions {
  /** Packages that are copied beside the bundle, not into it. */
  external?: string[];
  /** Puts further files beside the bundle. */
  copy?: (folder: string) => void;
}

/** One CommonJS file of a function and all that it imports, the SDK included. No Docker and no installation. */
export function bundle(entry: string, { external = [], copy }: BundleOptions = {}): Code {
  const tryBundle = (folder: string) => {
    buildSync({
      absWorkingDir: root,
      entryPoints: [`functions/${entry}.ts`],
      outfile: `${folder}/index.js`,
      bundle: true,
      minify: true,
      keepNames: false,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
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
      environment: { entry },
    },
  });
}
