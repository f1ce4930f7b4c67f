import { describe, expect, it } from 'vitest';
import { crowd } from '../../bench/load/crowd.ts';
import { mailboxIn } from '../../bench/load/submission.ts';
import { PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { canonicalMailbox } from '../../shared/kernel/mailbox.ts';

const campaign: PublicCampaign = {
  slug: 'clean-air',
  status: 'live',
  owner: { slug: 'demo', name: 'Demo' },
  ...{ language: 'en', languages: ['en', 'fr'], title: 'Clean air', summary: 'Clean air', text: 'Clean air' },
  opensAt: '2026-01-01T00:00:00.000Z',
  kinds: ['signature', 'pledge'],
  goals: [],
  consents: [
    { id: 'privacy', version: 3, required: true, text: 'Privacy' },
    { id: 'updates', version: 1, required: false, text: 'Updates' },
  ],
  ...{ partners: ['here', 'there'], sources: ['qr'], targets: [] },
  pledge: {
    ...{ beneficiary: 'A fund', purpose: 'Air', types: ['money', 'support'], conditions: [] },
    suggested: { EUR: [1_000], KES: [50_000], JPY: [] },
  },
};
const aCrowd = (changes: Partial<PublicCampaign> = {}, run = 'abc1', seed = 7) => [
  ...crowd({ campaign: { ...campaign, ...changes }, run, rate: 500, seconds: 20, seed }),
];
const emailOf = ({ body }: { body: string }): string => JSON.parse(body).email;

describe('a crowd', () => {
  it('comes steadily', () => {
    const times = aCrowd().map(({ at }) => at);

    expect(times).toHaveLength(10_000);
    expect(times.every((at, index) => at === index * 2)).toBe(true);
  });

  it('is the same for the same seed but for its addresses, and another for another seed', () => {
    const one = aCrowd({}, 'abc1');
    const next = aCrowd({}, 'def2');

    expect(next.map(({ body }) => body.replaceAll(/def2/gi, 'abc1'))).toEqual(
      one.map(({ body }) => body.replaceAll(/abc1/gi, 'abc1')),
    );
    expect(aCrowd({}, 'abc1', 8)).not.toEqual(one);
  });

  it('repeats itself by a twentieth, is invalid by a hundredth, and pledges by a tenth', () => {
    const all = aCrowd();
    const share = (of: typeof all) => of.length / all.length;

    expect(share(all.filter(({ sort }) => sort === 'duplicate'))).toBeCloseTo(0.05, 1);
    expect(share(all.filter(({ sort }) => sort === 'invalid'))).toBeCloseTo(0.01, 2);
    expect(share(all.filter(({ supporter }) => supporter?.counted.kind === 'pledge'))).toBeCloseTo(0.1, 1);
  });

  it('has the countries of the largest petition, most of them British, and none that ISO has withdrawn', () => {
    const countries = aCrowd().flatMap(({ supporter }) => supporter?.counted.country ?? []);

    expect(countries.filter((country) => country === 'GB').length / countries.length).toBeCloseTo(0.96, 1);
    expect(new Set(countries).size).toBeGreaterThan(20);
    expect(countries).not.toContain('DD');
  });

  it('repeats a mailbox with the same words, sometimes in another spelling', () => {
    const all = aCrowd();
    const originals = new Map(
      all.filter(({ sort }) => sort === 'valid').map((one) => [one.supporter?.mailbox, one]),
    );
    const repeats = all.filter(({ sort }) => sort === 'duplicate');

    for (const repeat of repeats) {
      const original = originals.get(repeat.supporter?.mailbox);
      expect(canonicalMailbox(emailOf(repeat))).toBe(original && emailOf(original));
      expect({ ...JSON.parse(repeat.body), email: '' }).toEqual({
        ...JSON.parse(String(original?.body)),
        email: '',
      });
    }
    expect(new Set(repeats.map((repeat) => /\+|[A-Z]/.test(emailOf(repeat))))).toEqual(
      new Set([true, false]),
    );
  });

  it('knows its own mailboxes by their addresses, however they are spelled', () => {
    const own = aCrowd().filter(({ supporter }) => supporter);

    expect(own.map((one) => mailboxIn(emailOf(one), 'abc1'))).toEqual(
      own.map(({ supporter }) => supporter?.mailbox),
    );
    expect(own.every((one) => mailboxIn(emailOf(one), 'def2') === undefined)).toBe(true);
    expect(mailboxIn('minister.gb@health.example.org', 'abc1')).toBeUndefined();
  });

  it('is invalid in every way that the contract names, each with its refusal', () => {
    const kinds = new Map(
      aCrowd()
        .filter(({ sort }) => sort === 'invalid')
        .map(({ what, status }) => [what, status]),
    );

    expect(kinds.size).toBe(12);
    expect(new Set(kinds.values())).toEqual(new Set([400, 404, 413, 415, 422]));
  });

  it('is invalid in that way alone: nothing else is wrong with what goes to an unknown campaign', () => {
    const lost = [1, 2, 3].flatMap((seed) => aCrowd({}, 'abc1', seed)).filter(({ status }) => status === 404);
    const kinds = { signatures: SignatureRequest, pledges: PledgeRequest };

    const paths = lost.map(({ path }) => path);
    expect(new Set(paths)).toEqual(
      new Set(Object.keys(kinds).map((kind) => `/v1/campaigns/clean-air-no/${kind}`)),
    );
    for (const [kind, schema] of Object.entries(kinds)) {
      const bodies = lost.filter(({ path }) => path.endsWith(kind)).map(({ body }) => JSON.parse(body));
      expect(bodies.map((body) => schema.safeParse(body).error)).toEqual(bodies.map(() => undefined));
    }
  });

  it('pledges in the currencies that the campaign suggests or without money, and not at all where it takes no pledges', () => {
    const currencies = aCrowd().flatMap(({ supporter }) => supporter?.counted.money?.currency ?? []);

    expect(new Set(currencies)).toEqual(new Set(['EUR', 'KES', 'JPY']));
    const pledged = aCrowd().flatMap(({ supporter }) =>
      supporter?.counted.kind === 'pledge' ? supporter.counted : [],
    );
    expect(pledged.filter(({ money }) => !money).length / pledged.length).toBeCloseTo(0.3, 1);
    expect(aCrowd({ kinds: ['signature'] }).every(({ path }) => !path.endsWith('pledges'))).toBe(true);
  });
});
