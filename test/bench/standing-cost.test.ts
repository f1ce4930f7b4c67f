import { describe, expect, test } from 'vitest';
import { type Resources, standingCost } from '../../bench/standing-cost.ts';

describe('the standing cost of a template', () => {
  test('is nothing for what is paid by use', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
    expect(costOf({ table, site: { Type: 'AWS::CloudFront::Distribution', Properties: {} } })).toBe(0);
  });

  test('has the polling of queues that feed a function, and not of streams', () => {
    const mapping = (attribute: string) => ({
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Some', attribute] } },
    });
    expect(costOf({ queue: mapping('Arn') })).toBeCloseTo(0.26, 2);
    expect(costOf({ stream: mapping('StreamArn') })).toBe(0);
  });

  test('has secrets by the month', () => {
    expect(costOf({ keys: { Type: 'AWS::SecretsManager::Secret' } })).toBeCloseTo(0.4);
  });

  test('has alarms beyond the ten that are free, and all that one of them computes with', () => {
    const alarm = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { MetricName: 'Errors', Namespace: 'AWS/Lambda' },
    };
    const metric = { MetricStat: { Metric: { MetricName: 'Errors', Namespace: 'AWS/Lambda' } } };
    const computing = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [metric, metric, { Expression: 'a/b' }] },
    };
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`alarm${at}`, alarm]));
    expect(costOf(ten)).toBe(0);
    expect(costOf({ ...ten, computing })).toBeCloseTo(0.2);
  });

  test('has a metric of our own once, where it is made and where it is watched', () => {
    const [MetricName, Namespace] = ['Difference', 'Groundswell'];
    const MetricTransformations = [{ MetricName, MetricNamespace: Namespace, MetricValue: '1' }];
    const filter = { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations } };
    const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Namespace } };
    expect(costOf({ filter })).toBeCloseTo(0.3);
    expect(costOf({ filter, alarm })).toBeCloseTo(0.3);
    expect(costOf({ alarm })).toBeCloseTo(0.3);
  });

  test('has what is run by the clock', () => {
    const everyMinute = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)' } };
    expect(costOf({ everyMinute })).toBeGreaterThan(0.01);
    expect(costOf({ rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {} } } })).toBe(0);
  });

  test.each([
    ['a type that nobody has looked at', { Type: 'AWS::EC2::NatGateway' }],
    [
      'a table that is paid by the hour',
      { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PROVISIONED' } },
    ],
    [
      'pollers that are paid by the hour',
      {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ProvisionedPollerConfig: { MinimumPollers: 2 } },
      },
    ],
    [
      'an address of its own for a certificate',
      {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: { ViewerCertificate: { SslSupportMethod: 'vip' } } },
      },
    ],
  ])('is not known for %s, which fails', (_, resource) => {
    expect(() => standingCost({ resource })).toThrow(
      `resource (${resource.Type}) may cost something when idle`,
    );
  });
});

function costOf(resources: Resources): number | undefined {
  return standingCost(resources)[0]?.measured;
}
