import { Duration } from 'aws-cdk-lib';
import { EventField, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { SesFeedback } from '../../shared/events/ses-feedback.ts';
import type { HouseFunction } from './house-function.ts';

export interface SesFeedbackProps {
  configurationSet: ConfigurationSet;
  /** Tag of the mails that the reactor wants to hear of; its value is all that it is told of them. */
  tag: string;
  reactor: HouseFunction;
  deadLetters: IQueue;
}

/** SES tells the account's default bus; a transformer hands on kind and tag, and drops every address. */
export function hearSesFeedback(
  scope: Construct,
  id: string,
  { configurationSet, tag, reactor, deadLetters }: SesFeedbackProps,
): void {
  const event: { [Field in keyof SesFeedback]-?: string } = {
    kind: EventField.fromPath('$.detail.eventType'),
    bounceType: EventField.fromPath('$.detail.bounce.bounceType'),
    tag: EventField.fromPath(`$.detail.mail.tags.${tag}[0]`),
    at: EventField.fromPath('$.time'),
  };
  new Rule(scope, `${id}Rule`, {
    eventPattern: {
      source: ['aws.ses'],
      detail: {
        eventType: ['Delivery', 'Bounce', 'Complaint', 'Reject'],
        mail: {
          tags: { 'ses:configuration-set': [configurationSet.configurationSetName], [tag]: Match.exists() },
        },
      },
    },
    targets: [
      new LambdaFunction(reactor, {
        event: RuleTargetInput.fromObject(event),
        deadLetterQueue: deadLetters,
        retryAttempts: 100,
        maxEventAge: Duration.hours(24),
      }),
    ],
  });
}
