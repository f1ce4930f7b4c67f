import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Moment, nextDays } from '../../functions/network/moment.ts';
import { momentCalendar } from '../../functions/network/moment-calendar.ts';
import seeded from '../../infra/seed/moments.json' with { type: 'json' };
import { languages } from '../../shared/kernel/language.ts';
import { aDatabaseWithCampaigners, askAs, claimsOf } from '../support/a-campaigner.ts';
import type { Database } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { aMoment } from '../support/a-moment.ts';

const midnight = Date.UTC(2026, 9, 10);

describe('the days of a moment', () => {
  test.each([
    ['10-10', undefined, midnight - 1, ['2026-10-10', '2026-10-10']],
    ['10-10', undefined, midnight, ['2026-10-10', '2026-10-10']],
    ['10-10', undefined, midnight + 86_399_999, ['2026-10-10', '2026-10-10']],
    ['10-10', undefined, midnight + 86_400_000, ['2027-10-10', '2027-10-10']],
    ['10-05', '10-11', midnight, ['2026-10-05', '2026-10-11']],
    ['10-01', '10-09', midnight, ['2027-10-01', '2027-10-09']],
    ['2026-10-05', '2026-10-10', midnight, ['2026-10-05', '2026-10-10']],
    ['2026-10-09', undefined, midnight, undefined],
  ])('%s until %s are, seen from %i, %j', (on, until, now, days) => {
    const next = nextDays({ on, ...(until && { until }) }, now);
    expect(next).toEqual(days ? { from: days[0], to: days[1] } : null);
  });

  test.each([
    ['13-01', undefined],
    ['02-30', undefined],
    ['02-29', undefined],
    ['2027-02-29', undefined],
    ['10-1', undefined],
    ['10-10', '10-09'],
    ['10-10', '10-10'],
    ['10-10', '2026-10-11'],
    ['2026-12-20', '2027-01-05'],
  ])('are not %s until %s', (on, until) => {
    expect(Moment.safeParse(aMoment({ on, until })).success).toBe(false);
  });

  test('may be a leap day, once', () => {
    expect(Moment.safeParse(aMoment({ on: '2028-02-29' })).success).toBe(true);
  });
});

describe('the seeded moments', () => {
  const moments = seeded.map((moment) => Moment.parse(moment));

  test('are several, each once', () => {
    const slugs = new Set(moments.map(({ slug }) => slug));
    expect(slugs.size).toBe(moments.length);
    expect(slugs.size).toBeGreaterThanOrEqual(8);
    expect(slugs).toContain('world-mental-health-day');
  });

  test.each(moments)('have a name in every language: $slug', ({ names }) => {
    expect(Object.keys(names)).toEqual([...languages]);
  });
});

describe('the calendar', () => {
  const moments = [
    aMoment(),
    aMoment({
      slug: 'a-month',
      names: { en: 'Sleep, rest; and \\ more', ar: `${'اليوم العالمي '.repeat(12)}للصحة النفسية` },
      ...{ on: '05-01', until: '05-31', country: 'US', url: 'https://example.org/a?b=1,2;3' },
    }),
    aMoment({ slug: 'once', names: { en: 'Summit' }, on: '2027-02-28' }),
  ];

  test('is made of lines of 75 octets at most that end as RFC 5545 wants them, the last one too', () => {
    const text = momentCalendar(moments, 'ar');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines.join('')).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    // No character is torn apart: what is folded is whole again.
    expect(read(text).events[1]?.['SUMMARY']).toBe(moments[1]?.names.ar);
  });

  test('has what every calendar and every event must have, once', () => {
    const { calendar, events } = read(momentCalendar(moments, 'en'));
    expect(calendar).toMatchObject({ VERSION: '2.0', PRODID: expect.stringContaining('Groundswell') });
    expect(events.map((event) => event['UID'])).toEqual([
      'world-mental-health-day@moments.groundswell',
      'a-month@moments.groundswell',
      'once@moments.groundswell',
    ]);
    for (const event of events)
      expect(event).toMatchObject({ DTSTAMP: '20261101T093000Z', SEQUENCE: '2', TRANSP: 'TRANSPARENT' });
  });

  test('has all-day events that come each year, or once, and end before the day after', () => {
    const { events } = read(momentCalendar(moments, 'en'));
    const days = events.map((event) => [
      event['DTSTART;VALUE=DATE'],
      event['DTEND;VALUE=DATE'],
      event['RRULE'],
    ]);
    expect(days).toEqual([
      ['20261010', '20261011', 'FREQ=YEARLY'],
      ['20260501', '20260601', 'FREQ=YEARLY'],
      ['20270228', '20270301', undefined],
    ]);
  });

  test('says names in the language, escaped, and where a moment is kept', () => {
    const inEnglish = read(momentCalendar(moments, 'en')).events;
    expect(inEnglish.map((event) => event['SUMMARY'])).toEqual([
      'World Mental Health Day',
      'Sleep, rest; and \\ more',
      'Summit',
    ]);
    expect(momentCalendar(moments, 'en')).toContain('SUMMARY:Sleep\\, rest\\; and \\\\ more\r\n');
    expect(inEnglish[1]).toMatchObject({
      LOCATION: 'United States',
      'URL;VALUE=URI': 'https://example.org/a?b=1%2C2%3B3',
    });
    const [french] = read(momentCalendar(moments, 'fr')).events;
    expect(french?.['SUMMARY']).toBe('Journée mondiale de la santé mentale');
  });

  test('is the same whenever it is asked for', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-10-10T12:00:00Z') });
    const calendar = momentCalendar(moments, 'en');
    vi.setSystemTime(Date.parse('2027-01-01T00:00:00Z'));
    expect(momentCalendar(moments, 'en')).toBe(calendar);
    vi.useRealTimers();
  });
});

describe('over HTTP', () => {
  type Handler = Parameters<typeof askAs>[0];
  let database: Database;
  let [calendar, get, put]: Handler[] = [];
  let writes: string[];

  beforeAll(async () => {
    vi.spyOn(console, 'info').mockReturnValue();
    vi.useFakeTimers({ toFake: ['Date'], now: midnight });
    database = await aDatabaseWithCampaigners();
    const folder = '../../functions/network';
    ({ handler: calendar } = await import(`${folder}/get-moment-calendar.ts`));
    ({ handler: get } = await import(`${folder}/get-moment.ts`));
    ({ handler: put } = await import(`${folder}/put-moment.ts`));
  });
  beforeEach(async () => {
    for (const moment of [aMoment(), aMoment({ slug: 'over', on: '2026-01-01', names: { en: 'Over' } })])
      await store(moment);
    await remove('sleep-day');
    writes = [];
    database.failBy((operation) => {
      if (operation.startsWith('TransactWrite')) writes.push(operation);
      return undefined;
    });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await database.stop();
  });

  const store = (moment: Moment) => database.put('Network', { pk: 'moment', sk: moment.slug, ...moment });
  const remove = (slug: string) =>
    database.call('DeleteItem', { TableName: 'Network', Key: { pk: { S: 'moment' }, sk: { S: slug } } });
  const read = async (slug: string) => {
    const answer = await aGetAt(get as Handler, `/v1/moments/${slug}`, { path: { moment: slug } });
    return { ...answer, etag: String(answer.headers['etag']) };
  };
  const save = (slug: string, body: unknown, { as = 'secretariat', ifMatch = '' } = {}) => {
    vi.setSystemTime(Date.now() + 1_000);
    return askAs(put as Handler, {
      method: 'PUT',
      path: { moment: slug },
      claims: claimsOf(as),
      ...(ifMatch && { headers: { 'if-match': ifMatch } }),
      body,
    });
  };
  const sleepDay = { names: { en: 'World Sleep Day' }, on: '2027-03-19' };

  test('anyone subscribes to the calendar, and is told when it has not changed', async () => {
    const answer = await aGetAt(calendar as Handler, '/v1/moments.ics', { query: { lang: 'fr' } });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8' });
    expect(answer.body).toContain('SUMMARY:Journée mondiale de la santé mentale\r\n');
    const known = { 'if-none-match': `W/${answer.headers['etag']}` };
    const query = { lang: 'fr' };
    const again = await aGetAt(calendar as Handler, '/v1/moments.ics', { query, headers: known });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test.each([
    ['viewer', 403],
    ['organiser', 403],
    ['owner', 403],
    ['stranger', 404],
    ['secretariat', 201],
  ])('%s who adds a moment is answered %i', async (as, status) => {
    expect((await save('sleep-day', sleepDay, { as })).status).toBe(status);
    expect((await read('sleep-day')).status).toBe(status === 201 ? 200 : 404);
  });

  test('the secretariat adds and changes a moment, and the log says what and why', async () => {
    const added = await save('sleep-day', { ...sleepDay, reason: 'It is new' });
    expect([added.status, added.headers?.['etag']]).toEqual([201, '"1"']);
    const changed = await save('sleep-day', { ...sleepDay, country: 'KE' }, { ifMatch: '"1"' });
    expect([changed.status, changed.headers?.['etag']]).toEqual([200, '"2"']);
    expect((await read('sleep-day')).json()).toEqual({
      ...{ slug: 'sleep-day', ...sleepDay, country: 'KE' },
      changedAt: new Date().toISOString(),
    });
    const entries = await entriesOf('network');
    expect(entries.slice(-2)).toMatchObject([
      { verb: 'editMoments', reason: 'It is new', changes: { on: { after: '2027-03-19' } } },
      { verb: 'editMoments', changes: { country: { after: 'KE' } } },
    ]);
    expect(Object.keys(entries.at(-1)?.['changes'] as object)).toEqual(['country']);
  });

  test('the same again writes nothing, even with an ETag that has been overtaken by it', async () => {
    await save('sleep-day', sleepDay);
    const again = await save('sleep-day', sleepDay, { ifMatch: '"0"' });
    expect([again.status, again.headers?.['etag'], writes.length]).toEqual([200, '"1"', 1]);
  });

  test('who has not seen the last change is told what differs, and overwrites nothing', async () => {
    const { etag } = await read('world-mental-health-day');
    const names = { en: 'Mental Health Day' };
    await save('world-mental-health-day', { names, on: '10-11' }, { ifMatch: etag });
    const late = await save('world-mental-health-day', { names, on: '10-12' }, { ifMatch: etag });
    expect([late.status, late.body.type]).toEqual([412, 'urn:groundswell:problem:precondition-failed']);
    expect(late.body.errors).toEqual([
      { pointer: '/on', code: 'changed-since', message: 'It is now: "10-11"' },
    ]);
    expect((await read('world-mental-health-day')).json()).toMatchObject({ on: '10-11' });
    expect((await save('no-such-moment', sleepDay, { ifMatch: '*' })).status).toBe(412);
  });

  test('of two who change it between reading and writing, the one without If-Match goes on from the other', async () => {
    let raced = false;
    database.failBy(async (operation) => {
      if (operation !== 'TransactWriteItems' || raced) return undefined;
      raced = true;
      await store(aMoment({ on: '10-11', version: 3 }));
      return undefined;
    });
    const answer = await save('world-mental-health-day', { names: { en: 'Mine' }, on: '10-12' });
    expect([answer.status, answer.headers?.['etag']]).toEqual([200, '"4"']);
    expect((await entriesOf('network')).at(-1)).toMatchObject({
      changes: { on: { before: '10-11', after: '10-12' } },
    });
  });

  test.each([
    [{ ...sleepDay, names: {} }, '/names'],
    [{ ...sleepDay, on: '02-29' }, '/on'],
    [{ ...sleepDay, until: '2027-03-18' }, '/until'],
    [{ ...sleepDay, url: 'javascript:alert(1)' }, '/url'],
    [{ ...sleepDay, version: 7 }, '/version'],
  ])('%j is refused, and what is wrong is named', async (body, pointer) => {
    const answer = await save('sleep-day', body);
    expect([answer.status, answer.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  async function entriesOf(thing: string): Promise<Record<string, unknown>[]> {
    const { unmarshall } = await import('@aws-sdk/util-dynamodb');
    const { Items } = (await database.call('Query', {
      TableName: 'Audit',
      KeyConditionExpression: 'thing = :thing',
      ExpressionAttributeValues: { ':thing': { S: thing } },
    })) as { Items: Parameters<typeof unmarshall>[0][] };
    return Items.map((item) => unmarshall(item));
  }
});

/** Reads a calendar by the rules of RFC 5545: lines are unfolded (3.1), text is unescaped (3.3.11). */
function read(text: string) {
  const lines = text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  const properties = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  const calendar: Record<string, string> = {};
  const events: Record<string, string>[] = [];
  let within = calendar;
  for (const [name, value] of properties) {
    if (name === 'BEGIN' && value === 'VEVENT') {
      within = {};
      events.push(within);
    } else if (name === 'END') within = calendar;
    else if (name !== 'BEGIN') {
      expect(within, name).not.toHaveProperty([name]);
      within[name] = /^(?:SUMMARY|LOCATION)$/.test(name) ? value.replace(/\\([\\;,])/g, '$1') : value;
    }
  }
  return { calendar, events };
}
