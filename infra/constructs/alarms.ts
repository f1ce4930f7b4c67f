import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface AlarmsProps {
  /** Queues in which nothing should ever lie. */
  failures: Record<string, Queue>;
  api: HttpApi;
  /** Differences that recounts found, and recounts that failed. */
  recounts: Metric;
}

/** The few things that a person has to look at; ten alarmed metrics are free, and these are fewer. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { failures, api, recounts }: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    for (const [name, queue] of Object.entries(failures)) {
      const waiting = queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) });
      this.#alarm(
        `${name}Failures`,
        waiting,
        1,
        `Messages wait in ${name}'s failure queue: see docs/operating.md.`,
      );
    }
    const errors = api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' });
    this.#alarm(
      'ApiErrors',
      errors,
      10,
      'The API answered ten requests in five minutes with an error of its own.',
    );
    this.#alarm('Recounts', recounts, 1, 'A recount found a difference, or failed: see docs/operating.md.');
  }

  #alarm(id: string, metric: Metric, threshold: number, alarmDescription: string): Alarm {
    const alarm = metric.createAlarm(this, id, {
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}
