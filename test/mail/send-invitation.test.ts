import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { composeInvitation, type InvitationMail } from '../../functions/mail/compose-invitation.ts';
import type { Invitation } from '../../functions/members/invitation.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { languages } from '../../shared/kernel/language.ts';
import { minute, noon } from '../support/a-campaign.ts';
import type { Database } from '../support/a-database.ts';
import type { AwsService } from '../support/an-aws-service.ts';
import { anInvitingOrganisation, takeMails } from '../support/an-inviting-organisation.ts';

let database: Database;
let service: AwsService;
let sending: typeof import('../../functions/mail/send-invitation.event.ts');

beforeAll(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
  ({ database, service } = await anInvitingOrganisation());
  sending = await import('../../functions/mail/send-invitation.event.ts');
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
    const together = await Promise.allSettled([deliver(event), deliver(event)]);
    expect(together.map(({ status }) => status)).toContain('fulfilled');
    vi.setSystemTime(noon + 60 * minute);
    await deliver(event);
    expect(mails()).toHaveLength(1);
    const { body } = mails()[0] ?? {};
    expect(body).toMatchObject({
      FromEmailAddress: '"Minds in Common" <campaigns@groundswell.example.org>',
      Destination: { ToAddresses: [`invited-${people}@example.org`] },
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
    const event = await invite(changes);
    await deliver(event);
    expect(mails()).toEqual([]);
  });

  test('that is gone gets no mail', async () => {
    await deliver(toEvent('MemberInvited', { ...facts(1), invitation: 'gone', version: 1 }));
    expect(mails()).toEqual([]);
  });

  test('comes again when SES is busy', async () => {
    const event = await invite();
    service.answerBy((call) =>
      call.operation.endsWith('/outbound-emails')
        ? { service: 'ses', fault: { name: 'TooManyRequestsException', status: 429 } }
        : takeMails(call),
    );
    await expect(deliver(event)).rejects.toThrow('SES did not take a mail');
    service.answerBy(takeMails);
    vi.setSystemTime(noon + minute);
    await deliver(event);
    expect(mails()).toHaveLength(1);
  });
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

/** Stores an invitation as it is by now, and tells of it as it was first. */
async function invite(changes: Partial<Invitation> = {}) {
  const invitation: Invitation = {
    ...{ id: `invitation-${people}`, organisation: 'demo-network', by: 'owner@example.org' },
    ...{ invitedEmail: `invited-${people}@example.org`, role: 'organiser', language: 'en' },
    ...{ invitedAt: noon, expiresAt: noon + 7 * 24 * 60 * minute, state: 'sent', version: 1 },
    ...changes,
  };
  await database.put('Members', { ...invitation, sk: `invitation#${invitation.id}` });
  return toEvent('MemberInvited', { ...facts(1), invitation: invitation.id, version: 1 });
}

function facts(version: number) {
  const id = `members:demo-network~invitation-${people}:${version}`;
  return { id, at: new Date(noon).toISOString(), organisation: 'demo-network' };
}

function deliver({ name, detail }: Awaited<ReturnType<typeof invite>>): Promise<void> {
  return sending.handler({ 'detail-type': name, detail } as never);
}

function mails() {
  return service.calls.filter(({ operation }) => operation.endsWith('/outbound-emails'));
}
