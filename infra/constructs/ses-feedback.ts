import { EventField, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { SesFeedback } from '../../shared/events/ses-feedback.ts';
import type { HouseFunction } from './house-function.ts';
import { directTarget } from './reactor.ts';

export interface SesFeedbackProps {
  configurationSet: ConfigurationSet;
  /** Tag of the mails that the reactor wants to hear of; its value is all that it is told of them. */
  tag: string;
  /** Pattern within the event's detail of the outcomes that matter; others would be invocations for nothing. */
  outcomes: Record<string, unknown>;
  reactor: HouseFunction;
  deadLetters: IQueue;
}

/** SES tells the account's default bus; a transformer hands on kind and tag, and drops every address. */
export function hearSesFeedback(
  scope: Construct,
  id: string,
  { configurationSet, tag, outcomes, reactor, deadLetters }: SesFeedbackProps,
): void {
  const event: Record<keyof SesFeedback, string> = {
    kind: EventField.fromPath('$.detail.eventType'),
    tag: EventField.fromPath(`$.detail.mail.tags.${tag}[0]`),
    at: EventField.fromPath('$.time'),
  };
  new Rule(scope, `${id}Rule`, {
    eventPattern: {
      source: ['aws.ses'],
      detail: {
        mail: {
          tags: { 'ses:configuration-set': [configurationSet.configurationSetName], [tag]: Match.exists() },
        },
        ...outcomes,
      },
    },
    targets: [directTarget(reactor, deadLetters, RuleTargetInput.fromObject(event))],
  });
}
