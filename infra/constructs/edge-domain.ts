import { CfnCondition, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import type { CfnDistribution, Distribution } from 'aws-cdk-lib/aws-cloudfront';

export interface EdgeDomain {
  /** Public address of the site: `https://` and its name. */
  siteAddress: string;
  /** ARN of a certificate for this name, in us-east-1 as CloudFront wants it; empty: the site has no name of its own. */
  certificateArn: string;
}

/** Serves the site under its own name, by TLS 1.2 at least, once there is a certificate for it. */
export function useDomain(distribution: Distribution, { siteAddress, certificateArn }: EdgeDomain): void {
  const stack = Stack.of(distribution);
  const isGiven = Fn.conditionNot(Fn.conditionEquals(certificateArn, ''));
  const { logicalId } = new CfnCondition(stack, 'CertificateGiven', { expression: isGiven });
  new CfnRule(stack, 'CertificateIsForAName', {
    ruleCondition: isGiven,
    assertions: [
      {
        assert: Fn.conditionNot(Fn.conditionEquals(siteAddress, '')),
        assertDescription: 'Give the SiteAddress that the certificate is for.',
      },
    ],
  });
  const resource = distribution.node.defaultChild as CfnDistribution;
  const put = (property: string, value: unknown, otherwise: unknown = { Ref: 'AWS::NoValue' }) =>
    resource.addPropertyOverride(
      `DistributionConfig.${property}`,
      Fn.conditionIf(logicalId, value, otherwise),
    );
  put('Aliases', [Fn.select(2, Fn.split('/', siteAddress))]);
  put('ViewerCertificate.AcmCertificateArn', certificateArn);
  put('ViewerCertificate.SslSupportMethod', 'sni-only');
  put('ViewerCertificate.MinimumProtocolVersion', 'TLSv1.2_2021');
  put('ViewerCertificate.CloudFrontDefaultCertificate', { Ref: 'AWS::NoValue' }, true);
}
