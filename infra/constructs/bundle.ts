import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { staticFilesDefined } from './static-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of functions: the ending says what calls them. */
const handlers = 'functions/*/*.{command,event,http,schedule,stream}.ts';

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
    for (const [file, entry] of Object.entries(entries)) {
      const { content, imports } = bundleOf(entry);
      if (!copy) refuseNative(entry, imports);
      mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
      writeFileSync(`${folder}/${file}.js`, content);
    }
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

interface Bundle {
  content: Uint8Array;
  /** Packages that are not part of it. */
  imports: string[];
}

let bundles: Map<string, Bundle> | undefined;

function bundleOf(entry: string): Bundle {
  bundles ??= bundleAll();
  const found = bundles.get(entry);
  if (!found) throw new Error(`functions/${entry}.ts is no handler: ${handlers} is what is bundled.`);
  return found;
}

/** All functions at once, since each shares most of its files with others: by one they take four times as long. */
function bundleAll(): Map<string, Bundle> {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: globSync(handlers, { cwd: root }),
    outdir: root,
    outbase: `${root}functions`,
    write: false,
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
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const file = relative(root, path);
      const imports = metafile.outputs[file]?.imports.map((imported) => imported.path) ?? [];
      return [file.replace(/\.js$/, ''), { content: contents, imports }];
    }),
  );
}

/** What a function does not use of the files that it imports is left out, native packages too: package.json lets esbuild do so. */
function refuseNative(entry: string, imports: string[]): void {
  for (const path of imports)
    if (native.includes(path)) throw new Error(`${entry} needs ${path}: copy it beside the bundle.`);
}
