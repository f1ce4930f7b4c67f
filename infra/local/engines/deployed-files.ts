import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { expectOnly } from '../template/understood.ts';
import { engineHeaders } from './engine-client.ts';

/** What `Custom::CDKBucketDeployment` means here; what it deletes, invalidates or fills in is not known. */
const KNOWN = [
  'ServiceToken',
  'SourceBucketNames',
  'SourceObjectKeys',
  'SourceMarkers',
  'SourceMarkersConfig',
  'DestinationBucketName',
  'DestinationBucketKeyPrefix',
  'Prune',
  'SystemMetadata',
  'OutputObjectKeys',
  'WaitForDistributionInvalidation',
];

/** Copies into their buckets what the template deploys there, as the CDK's provider does on AWS. */
export async function deployFiles(template: Template, fauxqs: string): Promise<void> {
  for (const [id, properties] of template.ofType('Custom::CDKBucketDeployment')) {
    expectOnly(`Deployment ${id}`, properties, KNOWN);
    expectOnly(`Deployment ${id}`, properties['SystemMetadata'] ?? {}, ['cache-control', 'content-type']);
    if (properties['Prune'] || hasMarkers(properties))
      throw new Error(`Deployment ${id}: the local host neither prunes nor fills in values.`);
    for (const key of properties['SourceObjectKeys'])
      await copy(template.assetAt(key), properties, `${fauxqs}/${properties['DestinationBucketName']}`);
  }
}

function hasMarkers({ SourceMarkers = [], SourceMarkersConfig = [] }: Properties): boolean {
  return [...SourceMarkers, ...SourceMarkersConfig].some((each) => Object.keys(each).length > 0);
}

async function copy(folder: string, properties: Properties, bucket: string): Promise<void> {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder}: the local host deploys folders only.`);
  const { DestinationBucketKeyPrefix: prefix = '', SystemMetadata: metadata = {} } = properties;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, file);
    if (statSync(path).isDirectory()) continue;
    const headers = { ...engineHeaders(), 'content-type': contentTypeOf(file), ...metadata };
    const put = await fetch(`${bucket}/${join(prefix, file)}`, {
      method: 'PUT',
      headers,
      body: readFileSync(path),
    });
    if (!put.ok) throw new Error(`${file} could not be deployed: ${await put.text()}`);
  }
}

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** By the name, as the AWS CLI guesses; S3's own for what it cannot. */
function contentTypeOf(file: string): string {
  return TYPES[extname(file)] ?? 'binary/octet-stream';
}
