import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { composeInvitation, type InvitationMail } from '../../functions/mail/compose-invitation.ts';
import { addressHash } from '../../functions/mail/mail-record.ts';
import type { Invitation } from '../../functions/members/invitation.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { languages } from '../../shared/kernel/language.ts';
import { minute, noon } from '../support/a-campaign.ts';
import type { Database } from '../support/a-database.ts';
import type { AwsService } from '../support/an-aws-service.ts';
import { aQueueBatch } from '../support/an-event.ts';
import { anInvitingOrganisation, takeMails } from '../support/an-inviting-organisation.ts';

let database: Database;
let service: AwsService;
let sending: typeof import('../../functions/mail/send-mail.event.ts');
let keys: typeof import('../../shared/aws/keys.ts');

beforeAll(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
  ({ database, service } = await anInvitingOrganisation());
  sending = await import('../../functions/mail/send-mail.event.ts');
  keys = await import('../../shared/aws/keys.ts');
});
afterAll(async () => {
  service.stop();
  await database.stop();
});

let people = 0;
beforeEach(() => {
  people += 1;
  service.answerBy(takeMails);
  vi.setSystemTime(noon);
});

describe('an invitation', () => {
  test('is mailed once to its address, however often and late its event comes', async () => {
    const event = await invite();
    expect(await Promise.all([deliver(event), deliver(event)])).toContainEqual([]);
    vi.setSystemTime(noon + 60 * minute);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
    const { body } = mails()[0] ?? {};
    expect(body).toMatchObject({
      FromEmailAddress: '"Minds in Common" <campaigns@groundswell.example.org>',
      Destination: { ToAddresses: [address()] },
    });
    const { Subject, Body } = body.Content.Simple;
    expect(Subject.Data).toBe('You are invited to work with Minds in Common');
    expect(Body.Text.Data).toMatch(/https:\/\/groundswell\.example\.org\/invitation\?token=k1\.invite\./);
    expect(Body.Text.Data).not.toContain('@example.org');
  });

  test('is told to SES by a tag that holds no address', async () => {
    await deliver(await invite());
    expect(JSON.stringify(mails()[0]?.body.EmailTags)).not.toContain('invited');
  });

  test('is mailed in its own language', async () => {
    await deliver(await invite({ language: 'fr' }));
    expect(mails()[0]?.body.Content.Simple.Subject.Data).toBe('Invitation à travailler avec Minds in Common');
  });

  test.each([
    ['was accepted', { state: 'accepted', version: 2 }],
    ['was withdrawn', { state: 'withdrawn', version: 2 }],
    ['was sent again', { version: 2 }],
    ['is over', { expiresAt: noon }],
  ] as const)('that %s gets no mail any more', async (_, changes) => {
    const event = await invite();
    await invite(changes);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toEqual([]);
  });

  test('that is gone gets no mail', async () => {
    expect(await deliver(told({ organisation: 'demo-network', id: 'gone', version: 1 }))).toEqual([]);
    expect(mails()).toEqual([]);
  });

  test('comes again when SES is busy', async () => {
    const event = await invite();
    service.answerBy((call) =>
      call.operation.endsWith('/outbound-emails')
        ? { service: 'ses', fault: { name: 'TooManyRequestsException', status: 429 } }
        : takeMails(call),
    );
    expect(await deliver(event)).toEqual(['m0']);
    service.answerBy(takeMails);
    vi.setSystemTime(noon + minute);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
  });

  test('is mailed at once, whatever anyone has had mailed to its address by signing with it', async () => {
    const ago = (minutes: number) => ({ id: `signing-${minutes}`, at: noon - minutes * minute });
    const mails = [0, 1, 2, 3, 4].map((minutes) => ({ ...ago(minutes), state: 'sent', until: noon }));
    await putRecord({ mails });
    expect(await deliver(await invite())).toEqual([]);
    expect(mailed()).toEqual([1]);
  });

  test('of one organisation does not wait for that of another', async () => {
    expect(await deliver(await invite({ organisation: 'other-network' }))).toEqual([]);
    expect(await deliver(await invite())).toEqual([]);
    expect(mailed()).toEqual([1, 1]);
  });

  test('that is sent again within a minute is mailed a minute after the one before, and only as it is last', async () => {
    await deliver(await invite());
    vi.setSystemTime(noon + minute / 6);
    const second = await invite({ version: 2 });
    const third = await invite({ version: 3 });
    expect([await deliver(second), await deliver(third)]).toEqual([[], ['m0']]);
    vi.setSystemTime(noon + minute);
    expect([await deliver(second), await deliver(third)]).toEqual([[], []]);
    expect(mailed()).toEqual([1, 3]);
  });

  test('is mailed 20 times a day at most, however often it is sent again', async () => {
    for (let version = 1; version <= 21; version += 1) {
      vi.setSystemTime(noon + version * minute);
      expect(await deliver(await invite({ version }))).toEqual([]);
    }
    expect(mailed()).toHaveLength(20);
  });

  test.each(['bounce', 'complaint'])(
    'is not mailed after a %s of any mail to the address',
    async (suppressed) => {
      await putRecord({ mails: [], suppressed });
      expect(await deliver(await invite())).toEqual([]);
      expect(mails()).toEqual([]);
    },
  );
});

const roles = ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'] as const;

describe.each(languages)('the mail in %s', (language) => {
  test.each(roles)('says who invites, as %s, how long and by which link, the same in both parts', (role) => {
    const mail: InvitationMail = {
      ...{ language, role, organisation: 'Minds in Common' },
      url: 'https://groundswell.example.org/invitation?token=k1.invite.abc',
      linkExpiresAt: new Date('2026-12-01T09:30:00Z'),
    };
    const { subject, text, html } = composeInvitation(mail);
    expect(text.match(/https?:\S+/g)).toEqual([mail.url]);
    for (const part of [subject, text, html]) expect(part).toContain('Minds in Common');
    expect(text).toMatch(/2026.*(?:9:30.*UTC|UTC.*9:30)/);
    expect(subject + text).not.toMatch(/[{}<>]|undefined/);
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  });

  test('has another sentence for each role', () => {
    const texts = roles.map(
      (role) =>
        composeInvitation({ language, role, organisation: 'A', url: 'https://a', linkExpiresAt: new Date(0) })
          .text,
    );
    expect(new Set(texts).size).toBe(roles.length);
  });
});

/** Stores an invitation, and tells of it. */
async function invite(changes: Partial<Invitation> = {}) {
  const invitation: Invitation = {
    ...{ id: `invitation-${people}`, organisation: 'demo-network', by: 'owner@example.org' },
    ...{ invitedEmail: address(), role: 'organiser', language: 'en' },
    ...{ invitedAt: noon, expiresAt: noon + 7 * 24 * 60 * minute, state: 'sent', version: 1 },
    ...changes,
  };
  await database.put('Members', { ...invitation, sk: `invitation#${invitation.id}` });
  return told(invitation);
}

function address(): string {
  return `invited-${people}@example.org`;
}

function told({ organisation, id, version }: Pick<Invitation, 'organisation' | 'id' | 'version'>) {
  const facts = { at: new Date(noon).toISOString(), organisation, invitation: id, version };
  return toEvent('MemberInvited', { id: `members:${organisation}~${id}:${version}`, ...facts });
}

/** What is known of the address by the mails that supporters get. */
async function putRecord(record: object): Promise<void> {
  const { dedupe } = await keys.loadKeys();
  await database.put('Mail', { address: addressHash(address(), dedupe), version: 1, ...record });
}

/** Hands the event over; answers the messages that are to come again. */
async function deliver(event: ReturnType<typeof told>): Promise<string[]> {
  const { batchItemFailures } = await sending.handler(aQueueBatch([event]));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

function mails() {
  return service.calls.filter(({ operation }) => operation.endsWith('/outbound-emails'));
}

/** The versions of invitations that the mailed links are for. */
function mailed(): number[] {
  const versionIn = /token=k1\.invite\.\w+\.(\w+)\./;
  return mails().map(({ body }) =>
    Number.parseInt(versionIn.exec(body.Content.Simple.Body.Text.Data)?.[1] ?? '', 36),
  );
}
