import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { Campaign } from '../../functions/campaigns/campaign.ts';
import { versionInForce } from '../../functions/campaigns/publish-campaign.ts';
import { Organisation } from '../../functions/network/organisation.ts';
import { selectTargets } from '../../functions/targets/select-targets.ts';
import { Target } from '../../functions/targets/target.ts';
import seed from '../../infra/seed/campaigns/mental-health-for-all.json' with { type: 'json' };
import network from '../../infra/seed/network.json' with { type: 'json' };
import registry from '../../infra/seed/targets.json' with { type: 'json' };
import { Currency } from '../../shared/kernel/iso.ts';
import { languages } from '../../shared/kernel/language.ts';
import { TargetSelection } from '../../shared/kernel/target-selection.ts';

const campaign = Campaign.parse({ ...seed, salt: 'A'.repeat(22) });
const targets = registry.map((target) => Target.parse(target));
const slugs = network.organisations.map(({ slug }) => slug);

describe('the seeded network', () => {
  test('consists of organisations as the API takes them, each once', () => {
    for (const organisation of network.organisations) expectValid(Organisation, organisation);
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  test('has the four campaigners that the local contract names, and one of each further role', () => {
    expect(network.members.map(({ email, organisation, role }) => [email, organisation, role])).toEqual([
      ['secretariat@example.org', 'secretariat', 'secretariat'],
      ['owner@example.org', 'demo-network', 'owner'],
      ['organiser@example.org', 'demo-network', 'organiser'],
      ['reviewer@example.org', 'demo-network', 'reviewer'],
      ['viewer@example.org', 'demo-network', 'viewer'],
      ['outsider@example.org', 'other-org', 'organiser'],
      ['partner@example.org', 'minds-in-common-ke', 'organiser'],
    ]);
  });

  test('knows the owner, the partners and every member’s organisation', () => {
    const named = [campaign.owner, ...campaign.partners, ...network.members.map((m) => m.organisation)];
    expect(slugs).toEqual(expect.arrayContaining(named));
  });
});

describe('the seeded campaign', () => {
  test('is what the local contract promises', () => {
    expect(campaign).toMatchObject({
      slug: 'mental-health-for-all',
      status: 'live',
      owner: 'demo-network',
      kinds: expect.arrayContaining(['signature', 'pledge']),
      milestones: { world: [10, 100, 1000, 10000], country: [50, 500, 5000] },
      letters: { approval: false },
    });
  });

  test.each([...textsBelow(seed)])(
    'has %s in every language, in plain text without double or loose spaces',
    (_path, texts) => {
      expect(Object.keys(texts).sort()).toEqual([...languages].sort());
      for (const text of Object.values(texts).flatMap(stringsBelow)) {
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/ {2}|[<>{}'"]/);
      }
    },
  );

  test('says the same number of paragraphs in every language', () => {
    const paragraphs = Object.values(campaign.texts).map(({ text }) => text.split('\n\n').length);
    expect(paragraphs).toEqual(languages.map(() => 5));
  });

  test('is addressed to offices by a rule that the registry knows', () => {
    expect(selectTargets(TargetSelection.parse(campaign.targets), targets)).toEqual(targets);
  });

  test('has one required consent and one that is free, in force before it opens', () => {
    expect(campaign.consents.map(({ id, required }) => [id, required])).toEqual([
      ['privacy', true],
      ['updates', false],
    ]);
    for (const consent of campaign.consents) {
      expect(versionInForce(consent).version).toBe(1);
      expect(versionInForce(consent).since < campaign.opensAt).toBe(true);
    }
  });

  test('takes pledges of money and of backing without it, and knows each way in which it is shared', () => {
    expect(campaign.pledge).toMatchObject({ types: ['money', 'support'], conditions: [] });
    const ways = ['share-app', 'share-link', 'share-email', 'share-whatsapp'];
    expect(campaign.sources).toEqual(expect.arrayContaining(ways));
  });

  test('suggests amounts in currencies of ISO 4217, from small to large', () => {
    for (const [currency, amounts] of Object.entries(campaign.pledge?.suggested ?? {})) {
      expectValid(Currency, currency);
      expect(amounts).toEqual([...(amounts ?? [])].sort((a, b) => a - b));
    }
  });
});

describe('the seeded targets', () => {
  test('are offices of eight countries, in the languages of their letters', () => {
    expect(targets.map(({ id, area_id, languages }) => [id, area_id, languages])).toEqual([
      ['gb-health', 'GB', ['en']],
      ['fr-health', 'FR', ['fr']],
      ['eg-health', 'EG', ['ar']],
      ['in-health', 'IN', ['hi', 'en']],
      ['cn-health', 'CN', ['zh']],
      ['br-health', 'BR', ['pt']],
      ['ke-health', 'KE', ['en', 'sw']],
      ['mx-health', 'MX', ['es']],
    ]);
  });

  test.each(targets)('$id has a name, a greeting and an address in each of its languages', (target) => {
    for (const language of target.languages) {
      expect(target.label).toHaveProperty(language);
      expect(target.salutation).toHaveProperty(language);
    }
    expect(Object.keys(target.label)).toEqual(expect.arrayContaining([...languages]));
    const types = target.contact_details.map(({ type }) => type);
    expect(types).toEqual(['email', 'address', 'url']);
  });

  test('say of each holder that the name is invented', () => {
    const held = targets.filter(({ holder }) => holder);
    expect(held.length).toBeGreaterThan(0);
    for (const { note } of held) expect(note).toMatch(/invented/);
  });
});

test('every address and link of the seed is on a domain that is reserved for examples (RFC 2606)', () => {
  const strings = [...stringsBelow(network), ...stringsBelow(seed), ...stringsBelow(registry)];
  const hosts = strings.flatMap(
    (text) =>
      /^(?:[^\s@]+@|https:\/\/)(?<host>[a-z0-9.-]+)(?:\/[a-z0-9-]*)*$/.exec(text)?.groups?.['host'] ?? [],
  );
  expect(hosts.length).toBeGreaterThanOrEqual(network.organisations.length + targets.length + 1);
  for (const host of hosts) expect(host).toMatch(/(?:^|\.)example\.(?:org|com|net)$/);
  expect(strings.filter((text) => /[@/]/.test(text))).toHaveLength(hosts.length);
});

function expectValid(schema: z.ZodType, value: unknown): void {
  expect(schema.safeParse(value).error).toBeUndefined();
}

/** Every node that is keyed by language, with the path that leads to it. */
function textsBelow(node: unknown, path = ''): Array<[string, Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return [];
  if ('en' in node) return [[path, node as Record<string, unknown>]];
  return Object.entries(node).flatMap(([key, value]) => textsBelow(value, path ? `${path}.${key}` : key));
}

function stringsBelow(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsBelow) : [];
}
