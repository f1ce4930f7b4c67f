import { Fn, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { HouseFunction } from './house-function.ts';

/** The domain that mail is sent from, and the set of rules it is sent by. What becomes of a mail is told to the default bus. */
export class MailSender extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #identity: EmailIdentity;
  readonly #sender: string;

  /** @param sender address that mail comes from, on a domain of one's own */
  constructor(scope: Construct, id: string, { sender }: { sender: string }) {
    super(scope, id);
    this.#sender = sender;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    this.configurationSet.addEventDestination('DefaultBus', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Default', 'default')),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(Fn.select(1, Fn.split('@', sender))),
      configurationSet: this.configurationSet,
    });
  }

  /** Lets a function send from the sender's address, by this configuration set, and as nobody else. */
  grantSend(handler: HouseFunction): void {
    handler.addEnvironment('SENDER', this.#sender);
    handler.addEnvironment('CONFIGURATION_SET', this.configurationSet.configurationSetName);
    const { emailIdentityArn } = this.#identity;
    const configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [emailIdentityArn, configurationSetArn],
        conditions: { StringEquals: { 'ses:FromAddress': this.#sender } },
      }),
    );
  }
}
