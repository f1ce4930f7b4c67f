import {
  type AddToPrincipalPolicyResult,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A role whose policy is a part of it: as a resource of its own, one for each function, policies would take a sixth of the
 * 500 resources that CloudFormation allows a stack (ADR 16).
 */
export class HouseRole extends Role {
  readonly #statements: PolicyDocument;

  constructor(scope: Construct, id: string, service: string) {
    // Grants come later, and the document is written out when the template is.
    const statements = new PolicyDocument();
    super(scope, id, { assumedBy: new ServicePrincipal(service), inlinePolicies: { Own: statements } });
    this.#statements = statements;
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.#statements.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
