import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../infra/local/host.ts';
import { type Bundle, bundleAsModule, bundleSource, bytesByPackage, deployedBundles } from './bundles.ts';
import type { Chart } from './chart.ts';
import type { Figure } from './figure.ts';
import { type LoadTimes, measureLoads } from './load-times.ts';
import { sum } from './meter.ts';
import type { Measured } from './section.ts';
import { functionOf } from './stack.ts';

const rounds = { hotPath: 15, others: 5 };
/** The functions that a supporter waits for. */
const hotPath = {
  submit: { start: 'ActionsTakeSignature', entry: 'actions/take-signature.http' },
  confirm: { start: 'ActionsConfirmAction', entry: 'actions/confirm-action.http' },
};
const sdkAlone = `
  import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  const dynamo = new DynamoDBClient({});
  export const handler = () => dynamo.send(new UpdateItemCommand({}));`;
const bundleHow = 'The minified file that deploys, with all that it imports.';

/** Size and load time of every function, and what the hot path's is made of. */
export async function coldLoad(host: Host, labFolder: string): Promise<Measured> {
  const folder = join(labFolder, 'cold-load');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  const deployed = deployedBundles(host);
  const hot = measureLoads(folder, rounds.hotPath, hotBundles(host, deployed, folder));
  const all = measureLoads(folder, rounds.others, deployed);
  return {
    figures: [
      ...submitFigures(hot, deployed.get(functionOf(host, hotPath.submit.start))),
      ...moduleFigures(hot),
      ...packageFigures(),
      ...allFigures(deployed, all),
    ],
    charts: [loadChart(deployed, all)],
  };
}

/** The hot path as it deploys and as modules, and the SDK's client alone. */
function hotBundles(host: Host, deployed: Map<string, Bundle>, folder: string): Map<string, Bundle> {
  const bundles = Object.entries(hotPath).flatMap(([name, { start, entry }]): [string, Bundle][] => {
    const bundle = deployed.get(functionOf(host, start));
    if (!bundle) throw new Error(`${start} has no bundle.`);
    return [
      [name, bundle],
      [`${name} as a module`, bundleAsModule(entry, bundle, join(folder, name))],
    ];
  });
  return new Map([...bundles, ['sdk', bundleSource(sdkAlone, join(folder, 'sdk', 'index.js'))]]);
}

function submitFigures(loads: LoadTimes, submit: Bundle | undefined): Figure[] {
  const how = `Median of ${rounds.hotPath} fresh processes each, in turn with the empty handler's, from the start of the process to the loaded handler.`;
  return [
    { name: 'submit function: bundle', measured: kilobytes(submit), bound: 380, unit: ' kB', how: bundleHow },
    {
      name: 'submit function: cold load against an empty handler',
      measured: loads.ratio('submit'),
      bound: 4.5,
      unit: '×',
      how,
    },
    {
      name: 'submit function: load time beyond the empty handler',
      measured: loads.beyondEmpty('submit'),
      unit: ' ms',
      how,
    },
    { name: "the SDK's DynamoDB client alone: cold load", measured: loads.ratio('sdk'), unit: '×', how },
    { name: 'confirm function: cold load', measured: loads.ratio('confirm'), unit: '×', how },
  ];
}

function moduleFigures(loads: LoadTimes): Figure[] {
  const how =
    'The same source bundled both ways with the same options; over 1, CommonJS, which deploys, is the faster.';
  return Object.keys(hotPath).map((name) => ({
    name: `${name} function: cold load as an ES module, against CommonJS`,
    measured: loads.ratio(`${name} as a module`, name),
    unit: '×',
    how,
  }));
}

/** Where the submit bundle's bytes go: packages over 2 % each, and the rest together. */
function packageFigures(): Figure[] {
  const how = "By esbuild's own account of the bundle (its metafile).";
  const all = bytesByPackage(hotPath.submit.entry);
  const total = sum(all.map(([, bytes]) => bytes));
  const large = all.filter(([, bytes]) => bytes > 0.02 * total);
  const rest = total - sum(large.map(([, bytes]) => bytes));
  const parts = [...large, [`${all.length - large.length} smaller packages`, rest] as const];
  return parts.map(([from, bytes]) => {
    const name = `of the submit bundle: ${from}`;
    return { name, measured: bytes / 1_000, unit: ' kB', how };
  });
}

/** The slowest first. */
function allFigures(deployed: Map<string, Bundle>, loads: LoadTimes): Figure[] {
  const slowest = [...deployed].sort(([one], [other]) => loads.ratio(other) - loads.ratio(one));
  const how = `Median of ${rounds.others} fresh processes each, in turn, as a multiple of the empty handler's.`;
  const sizes = slowest.map(([id, bundle]) => {
    const name = `${shortName(id)}: bundle`;
    return { name, measured: kilobytes(bundle), unit: ' kB', how: bundleHow };
  });
  const times = slowest.map(([id]) => {
    return { name: `${shortName(id)}: cold load`, measured: loads.ratio(id), unit: '×', how };
  });
  return [...sizes, ...times];
}

function loadChart(deployed: Map<string, Bundle>, loads: LoadTimes): Chart {
  const bars = [...deployed.keys()].map((id) => ({ label: shortName(id), value: loads.ratio(id) }));
  return {
    name: 'cold-load',
    title: 'Cold load of every function, as a multiple of an empty handler',
    unit: '×',
    bars: bars.sort((one, other) => other.value - one.value),
  };
}

function kilobytes(bundle: Bundle | undefined): number {
  return bundle ? statSync(bundle.file).size / 1_000 : Number.NaN;
}

/** A logical id without the hash that ends it. */
function shortName(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}
