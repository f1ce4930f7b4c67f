import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundle } from './bundle.ts';
import { HouseRole } from './house-role.ts';

export interface HouseFunctionProps {
  /**
   * File of the handler under `functions/`, without `.ts`: `actions/take-signature.http`; or its place in what several
   * functions are bundled into together.
   */
  entry: string | { code: Code; handler: string };
  environment?: Record<string, string>;
  /** @default 10 seconds */
  timeout?: Duration;
  /** MB; more memory is also more processor. @default 512 */
  memorySize?: number;
  /** @default arm64 */
  architecture?: Architecture;
  /** Has a log of its own, to measure by, and not that of its room. */
  ownLog?: boolean;
}

/** A function as all of ours are: its own role that may only write the log of its room, which is kept for a month. */
export class HouseFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    const { entry, environment = {}, timeout = Duration.seconds(10), memorySize = 512 } = props;
    super(scope, id, {
      ...logAndRole(scope, id, props),
      ...(typeof entry === 'string' ? { code: bundle({ index: entry }), handler: 'index.handler' } : entry),
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      environment,
      timeout,
      memorySize,
      loggingFormat: LoggingFormat.JSON,
      // Without it, the platform's start and report lines would cost more than the requests.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
    });
    acknowledge(this, {
      'Serverless-LambdaTracing':
        'Tracing is paid by the request; logs and metrics tell what the team needs.',
      'Serverless-LambdaDLQ':
        'Failures go to the dead-letter queue of the edge that calls: queue, rule target or stream.',
      'Serverless-LambdaAsyncFailureDestination':
        'Only those that EventBridge calls are called asynchronously, and they have one: see reactor.ts.',
    });
  }
}

/** For a function of this id: the log of its room, which is kept for a month, and a role of its own that may only write it. */
export function logAndRole(
  scope: Construct,
  id: string,
  { ownLog = false } = {},
): { logGroup: ILogGroup; role: Role } {
  const logGroup = ownLog ? newLog(scope, `${id}Log`) : logOf(scope);
  const role = new HouseRole(scope, `${id}Role`, 'lambda.amazonaws.com');
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  return { logGroup, role };
}

/** One log for all functions of a room: its streams are named after them. */
function logOf(room: Construct): LogGroup {
  return (room.node.tryFindChild('Log') as LogGroup | undefined) ?? newLog(room, 'Log');
}

function newLog(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
