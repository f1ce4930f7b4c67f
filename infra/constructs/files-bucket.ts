import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { logAndRole } from './house-function.ts';
import { staticFiles } from './static-files.ts';

const folder = 'assets';

/** The static files in a private bucket, for the CDN alone. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket;
  /** To be waited for before a page names a file. */
  readonly deployment: BucketDeployment;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1': 'It holds what anyone may read, and only the CDN reads it.',
    });
    this.deployment = this.#deploy();
  }

  /** The CDK's copier, with a role of ours: its own could read and delete more. */
  #deploy(): BucketDeployment {
    const { logGroup, role } = logAndRole(this, 'Deployment');
    const deployment = new BucketDeployment(this, 'Deployment', {
      logGroup,
      role: role.withoutPolicyUpdates(),
      destinationBucket: this.bucket,
      destinationKeyPrefix: folder,
      sources: staticFiles.map(({ servedAs, content }) => readBy(role, Source.data(servedAs, content))),
      // A page made before goes on working: at the CDN, in a browser, and when a deployment is taken back.
      prune: false,
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    allow(role, 's3:ListBucket', this.bucket.bucketArn);
    allow(role, 's3:PutObject', this.bucket.arnForObjects(`${folder}/*`));
    deployment.node.addDependency(role);
    this.#acknowledge(role);
    return deployment;
  }

  #acknowledge(role: Role): void {
    const stack = Stack.of(this);
    const bucket = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    acknowledge(role, {
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

/** The same source, which the role may read. */
function readBy(role: Role, source: ISource): ISource {
  return {
    bind: (scope, context) => {
      const bound = source.bind(scope, context);
      allow(role, 's3:GetObject', bound.bucket.arnForObjects(bound.zipObjectKey));
      return bound;
    },
  };
}

function allow(role: Role, action: string, resource: string): void {
  role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
}
