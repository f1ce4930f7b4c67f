import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { foreverCache, stableCache } from '../../shared/http/cache-control.ts';
import { acknowledge } from './acknowledge.ts';
import { logAndRole } from './house-function.ts';
import { staticFiles, widgetScript } from './static-files.ts';

const folder = 'assets';

export interface FilesBucketProps {
  /** Keeps the bucket whatever happens to the stack: pages of others pin what is in it. */
  retain: boolean;
}

/** The static files in a private bucket, for the CDN alone. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket;
  /** What pages load, to be waited for before a page names a file. */
  readonly assets: BucketDeployment;
  /** The widget under its stable name. It comes last: it names files of `assets`, and asks the API what is new there. */
  readonly widget: BucketDeployment;
  readonly #copier: ReturnType<typeof logAndRole>;

  constructor(scope: Construct, id: string, { retain }: FilesBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1': 'It holds what anyone may read, and only the CDN reads it.',
    });
    this.#copier = this.#roleOfCopier();
    const files = Object.fromEntries(staticFiles.map(({ servedAs, content }) => [servedAs, content]));
    this.assets = this.#deploy('Deployment', files, foreverCache, folder);
    this.widget = this.#deploy('WidgetDeployment', { 'widget.js': widgetScript }, stableCache);
    this.widget.node.addDependency(this.assets);
    this.#acknowledge();
  }

  /** For the CDK's copier, which all deployments share: its own role could read and delete more. */
  #roleOfCopier(): ReturnType<typeof logAndRole> {
    const { logGroup, role } = logAndRole(this, 'Deployment');
    allow(role, 's3:ListBucket', this.bucket.bucketArn);
    allow(role, 's3:PutObject', this.bucket.arnForObjects(`${folder}/*`));
    allow(role, 's3:PutObject', this.bucket.arnForObjects('widget.js'));
    return { logGroup, role };
  }

  #deploy(id: string, files: Record<string, Buffer>, cache: string, prefix?: string): BucketDeployment {
    const { logGroup, role } = this.#copier;
    const deployment = new BucketDeployment(this, id, {
      logGroup,
      role: role.withoutPolicyUpdates(),
      destinationBucket: this.bucket,
      ...(prefix && { destinationKeyPrefix: prefix }),
      sources: [sourceOf(files, role)],
      // For ever: pages pin a widget by its hash. And what was made before goes on working, at the CDN and in browsers.
      prune: false,
      cacheControl: [CacheControl.fromString(cache)],
    });
    deployment.node.addDependency(role);
    return deployment;
  }

  #acknowledge(): void {
    const stack = Stack.of(this);
    const bucket = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    acknowledge(this.#copier.role, {
      [`AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}/*]`]:
        'Any file that pages load, by one action.',
    });
    const copier = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    if (!copier) throw new Error("The CDK's copier of files has another name than before.");
    const theirs = "The CDK's own, run when the stack is deployed and at no other time.";
    const rules = [
      'AwsSolutions-L1',
      ...['LatestVersion', 'DLQ', 'Tracing'].map((it) => `Serverless-Lambda${it}`),
    ];
    acknowledge(copier, Object.fromEntries(rules.map((rule) => [rule, theirs])));
  }
}

/** Files by their names as one source, which the role may read. */
function sourceOf(files: Record<string, Buffer>, role: Role): ISource {
  return {
    bind: (scope, context) => {
      const copies = mkdtempSync(join(tmpdir(), 'groundswell-files-'));
      try {
        for (const [name, content] of Object.entries(files)) writeFileSync(join(copies, name), content);
        const bound = Source.asset(copies).bind(scope, context);
        allow(role, 's3:GetObject', bound.bucket.arnForObjects(bound.zipObjectKey));
        return bound;
      } finally {
        rmSync(copies, { recursive: true });
      }
    },
  };
}

function allow(role: Role, action: string, resource: string): void {
  role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
}
