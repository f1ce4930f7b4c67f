import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import {
  HttpIntegrationType,
  HttpRouteIntegration,
  type HttpRouteIntegrationConfig,
  IntegrationCredentials,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { HouseFunction } from './house-function.ts';
import { HouseRole } from './house-role.ts';

/** A function behind routes, which the API calls in a role of its own. */
export class FunctionIntegration extends HttpRouteIntegration {
  readonly #handler: HouseFunction;
  readonly #caller: ApiCaller;

  constructor(handler: HouseFunction, caller: ApiCaller) {
    super(handler.node.id);
    this.#handler = handler;
    this.#caller = caller;
  }

  bind(): HttpRouteIntegrationConfig {
    return {
      type: HttpIntegrationType.AWS_PROXY,
      uri: this.#handler.functionArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      credentials: IntegrationCredentials.fromRole(this.#caller),
    };
  }
}

/**
 * The role in which an API calls the functions of its stack: in place of a permission on each function for each of its
 * routes, which would take a sixth of the resources that CloudFormation allows a stack (ADR 16).
 */
export class ApiCaller extends HouseRole {
  constructor(scope: Construct, id: string) {
    super(scope, id, 'apigateway.amazonaws.com');
    const functions = Stack.of(scope).formatArn({
      service: 'lambda',
      resource: 'function',
      // Named one by one they would not fit into a role's policy.
      resourceName: `${Aws.STACK_NAME}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functions] }));
    acknowledge(this, {
      ['AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:<AWS::StackName>-*]']:
        'The functions of this stack; which of them a route calls is said by its integration.',
    });
  }
}
