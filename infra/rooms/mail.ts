import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { MailSender } from '../constructs/mail-sender.ts';
import { reactThroughQueue } from '../constructs/reactor.ts';
import { DeadLetterQueue } from '../constructs/room-queue.ts';
import { RoomTable } from '../constructs/room-table.ts';
import { hearSesFeedback } from '../constructs/ses-feedback.ts';
import type { StageSettings } from '../stage.ts';
import type { ActionsRoom } from './actions.ts';
import type { CampaignsRoom } from './campaigns.ts';
import type { MembersRoom } from './members.ts';
import type { NetworkRoom } from './network.ts';

export interface MailRoomProps {
  stage: StageSettings;
  bus: IEventBus;
  sender: MailSender;
  campaigns: CampaignsRoom;
  actions: ActionsRoom;
  members: MembersRoom;
  network: NetworkRoom;
}

/** Mail to supporters and to who is invited: one per request, and no more to an address than it can bear. */
export class MailRoom extends Construct {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: MailRoomProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    const table = new RoomTable(this, 'Table', {
      stage: props.stage,
      partitionKey: 'address',
      timeToLiveAttribute: 'expires',
    });

    this.#send(table, props);
    this.#hearFeedback(table, props);
  }

  /** Confirmations and invitations by one queue: an SES that is busy, or out for an hour, makes either of them late only. */
  #send(table: RoomTable, { bus, actions, members, campaigns, sender }: MailRoomProps): void {
    const send = new HouseFunction(this, 'SendMail', { entry: 'mail/send-mail.event' });
    send.addEnvironment('MAIL_TABLE', table.tableName);
    table.grant(send, 'dynamodb:GetItem', 'dynamodb:PutItem');
    campaigns.grantNamed(send);
    actions.grantRead(send);
    members.grantInvitation(send);
    sender.grantSend(send);
    // It keeps the name that it had when it was of confirmations alone: by another, a deployment would delete what waits in it.
    reactThroughQueue(this, 'Confirmation', {
      bus,
      events: ['ActionTaken', 'MemberInvited'],
      reactor: send,
      deadLetters: this.deadLetters,
      batchSize: 5,
      maxConcurrency: 2,
      // Mails to one address wait a minute for each other, and all of them for an SES that is busy: that is no failure.
      maxReceiveCount: 100,
      // A mail that has to keep a minute's distance from another is due at the next try.
      visibilityTimeout: Duration.seconds(75),
    });
  }

  #hearFeedback(table: RoomTable, { sender }: MailRoomProps): void {
    const record = new HouseFunction(this, 'RecordFeedback', { entry: 'mail/record-feedback.event' });
    record.addEnvironment('MAIL_TABLE', table.tableName);
    table.grant(record, 'dynamodb:UpdateItem');
    hearSesFeedback(this, 'Feedback', {
      configurationSet: sender.configurationSet,
      tag: 'mail',
      // A bounce that passes by itself (a full mailbox) ends nothing.
      outcomes: {
        $or: [{ eventType: ['Complaint'] }, { eventType: ['Bounce'], bounce: { bounceType: ['Permanent'] } }],
      },
      reactor: record,
      deadLetters: this.deadLetters,
    });
  }
}
