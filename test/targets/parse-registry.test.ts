import { describe, expect, test } from 'vitest';
import { parseRegistry } from '../../functions/targets/parse-registry.ts';
import { aRow, aTable, faultsOf } from '../support/a-registry-file.ts';
import { aTarget } from '../support/a-target.ts';

describe('a table', () => {
  test('is read by its columns, whatever divides them, with several lines in a cell and several languages in one', () => {
    const rows = [
      aRow({ languages: 'sw; en', 'label.sw': 'Wizara ya Afya' }),
      aRow({
        id: 'ke-finance',
        classification: 'finance-ministry',
        'contact_details.1.type': 'address',
        'contact_details.1.value': 'Afya House\nNairobi',
      }),
    ];
    const commas = aTable(rows);
    for (const file of [commas, `\ufeff${commas}`, aTable(rows, '\n'), commas.replaceAll(',', '\t')]) {
      const { targets, errors, faults } = parseRegistry(Buffer.from(file), 'csv');
      expect([...faults, ...errors]).toEqual([]);
      expect(targets.map(({ line }) => line)).toEqual([2, 3]);
      expect(targets.map(({ target }) => target)).toMatchObject([
        { label: { en: 'Ministry of Health', sw: 'Wizara ya Afya' }, languages: ['sw', 'en'] },
        { contact_details: [{ status: 'unverified' }, { value: 'Afya House\nNairobi' }] },
      ]);
    }
  });

  test('may have semicolons between its cells, as spreadsheets of many countries write it', () => {
    const file = aTable([aRow()]).replaceAll(',', ';');
    expect(parseRegistry(Buffer.from(file), 'csv').targets).toHaveLength(1);
  });

  test('may have empty rows and columns, and a gap where a contact was', () => {
    const row = aRow({ 'contact_details.2.type': 'phone', 'contact_details.2.value': '+254 20 555 0100' });
    const file = aTable([row]).replaceAll('\r\n', ',,\r\n').replaceAll('\n', '\n,,,\r\n');
    const { targets, errors, faults } = parseRegistry(Buffer.from(file), 'csv');
    expect([...faults, ...errors]).toEqual([]);
    expect(targets.map(({ target }) => target.contact_details)).toMatchObject([
      [{ type: 'email' }, { type: 'phone' }],
    ]);
  });

  test('keeps markup as it is written', () => {
    const name = '#import "x" *bold* <b>&amp;</b> {count, plural, other {#}}';
    const { targets } = parseRegistry(Buffer.from(aTable([aRow({ 'label.en': name })])), 'csv');
    expect(targets[0]?.target.label).toEqual({ en: name });
  });
});

describe('a file is refused, whatever its rows are,', () => {
  test.each<[why: string, file: string | Uint8Array, faults: string[]]>([
    ['when it is empty', '', ['line 1: empty-file']],
    ['when it is blank', '\ufeff \r\n\r\n', ['line 1: empty-file']],
    ['when it has a header only', aTable([aRow()]).split('\r\n')[0] ?? '', ['line 1: empty-file']],
    ['when it is UTF-16', Buffer.from(`\ufeff${aTable([aRow()])}`, 'utf16le'), ['line 1: not-utf-8']],
    ['when it is UTF-16 without a mark', Buffer.from(aTable([aRow()]), 'utf16le'), ['line 1: not-utf-8']],
    [
      'when columns are missing, all of which are named',
      'id,label,note\r\nke-health,Ministry,\r\n',
      [
        ...['classification', 'area_id', 'languages', 'channel', 'updated_at', 'label.en'].map(
          (column) => `line 1, ${column}: missing-column`,
        ),
        'line 1, label: unknown-column',
      ],
    ],
    [
      'when columns are not known, or are there twice',
      aTable([aRow({ 'contact_details.20.type': '', 'label.EN': '', country: '', '__proto__.x': 'y' })])
        .replace('channel', 'channel,id')
        .replace(',email,email', ',email,ke-health,email'),
      [
        'line 1, id: repeated-column',
        'line 1, contact_details.20.type: unknown-column',
        'line 1, label.EN: unknown-column',
        'line 1, country: unknown-column',
        'line 1, __proto__.x: unknown-column',
      ],
    ],
  ])('%s', (_why, file, faults) => {
    expect(faultsOf(file)).toEqual(faults);
    expect(parseRegistry(Buffer.from(file as string), 'csv').faults).not.toEqual([]);
    expect({}).not.toHaveProperty('x');
  });

  test('when it has more than 10,000 rows; every bad one of 100,000 is still named', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) =>
      aRow({ id: `office-${at}`, 'label.en': `Office ${at}`, area_id: at % 10 === 0 ? 'XX' : 'KE' }),
    );
    const { faults, errors } = parseRegistry(Buffer.from(aTable(rows)), 'csv');
    expect(faults).toMatchObject([{ line: 10_002, code: 'too-many-rows' }]);
    expect(errors.map(({ line }) => line)).toEqual(Array.from({ length: 10_000 }, (_, at) => 10 * at + 2));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['unknown-country']));
  });
});

describe('a row is bad', () => {
  test.each<[changes: Record<string, string>, error: string]>([
    [{ id: '' }, 'id: required'],
    [{ id: 'KE Health' }, 'id: invalid-format'],
    [{ classification: 'ministry' }, 'classification: invalid-value'],
    [{ area_id: 'Kenya' }, 'area_id: unknown-country'],
    [{ area_id: '' }, 'area_id: required'],
    [{ 'label.en': '' }, 'label: required'],
    [{ 'label.en': '', 'label.fr': 'Ministère' }, 'label: no-label-in-language'],
    [{ 'label.en': '', 'label.zh': '卫生部', languages: 'zh-TW' }, 'label: no-label-in-language'],
    [{ 'label.en': 'x'.repeat(301) }, 'label.en: too-big'],
    [{ 'label.en': 'Minis\u202etry' }, 'label.en: forbidden-character'],
    [{ 'label.en': 'Minis\u0007try' }, 'label.en: forbidden-character'],
    [{ 'label.en': 'Minis\ntry' }, 'label.en: forbidden-character'],
    [{ 'label.en': 'Minis\ufffdtry' }, 'label.en: not-utf-8'],
    [{ languages: '' }, 'languages: required'],
    [{ languages: 'en; english' }, 'languages: unknown-language'],
    [{ languages: 'EN' }, 'languages: unknown-language'],
    [{ languages: 'en; en' }, 'languages: repeated'],
    [{ channel: 'fax' }, 'channel: invalid-value'],
    [{ channel: 'post' }, 'contact_details: no-contact-for-channel'],
    [{ channel: 'web-form' }, 'contact_details: no-contact-for-channel'],
    [{ updated_at: '1 October 2026' }, 'updated_at: invalid-format'],
    [{ updated_at: '2026-02-30' }, 'updated_at: invalid-format'],
    [{ 'contact_details.0.value': 'minister at example.org' }, 'contact_details.0.value: invalid-email'],
    [{ 'contact_details.0.value': '' }, 'contact_details.0.value: required'],
    [{ 'contact_details.0.type': 'telex' }, 'contact_details.0.type: invalid-value'],
    [
      { 'contact_details.7.type': 'url', 'contact_details.7.value': 'javascript:alert(1)' },
      'contact_details.7.value: invalid-url',
    ],
    [
      { 'contact_details.7.type': 'phone', 'contact_details.7.value': 'ask the desk' },
      'contact_details.7.value: invalid-phone',
    ],
    [
      { 'contact_details.7.type': 'address', 'contact_details.7.value': 'line\n'.repeat(11).trim() },
      'contact_details.7.value: invalid-address',
    ],
    [
      { 'contact_details.7.type': 'address', 'contact_details.7.value': `Afya\u2066\nNairobi` },
      'contact_details.7.value: forbidden-character',
    ],
    [{ 'holder.start_date': '2026-01-01' }, 'holder.name: required'],
    [
      { 'holder.name': 'Wanjiru', 'holder.start_date': '2026-02-01', 'holder.end_date': '2026-01-31' },
      'holder.end_date: end-before-start',
    ],
    [{ 'sources.0.url': 'example.org' }, 'sources.0.url: invalid-url'],
  ])('with %j', (changes, error) => {
    const good = aRow({ id: 'a-good-one', 'label.en': 'Another' });
    expect(faultsOf(aTable([good, aRow(changes)]))).toEqual([`line 3, ${error}`]);
  });

  test('is named with all that is wrong, its id, and the line in which it begins', () => {
    const rows = [
      aRow({ 'contact_details.1.type': 'address', 'contact_details.1.value': 'one\ntwo\nthree' }),
      aRow({ id: 'bad', area_id: 'XX', channel: 'fax', updated_at: '' }),
    ];
    const { errors, targets } = parseRegistry(Buffer.from(aTable(rows)), 'csv');
    expect(targets).toHaveLength(1);
    expect(errors.map(({ line, id, pointer }) => [line, id, pointer])).toEqual([
      [5, 'bad', '/area_id'],
      [5, 'bad', '/channel'],
      [5, 'bad', '/updated_at'],
    ]);
    for (const { message } of errors) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  test('when its id is above it already, even in a bad row', () => {
    const rows = [aRow({ area_id: 'XX' }), aRow({ 'label.en': 'Other' }), aRow({ 'label.en': 'Third' })];
    expect(faultsOf(aTable(rows))).toEqual([
      'line 2, area_id: unknown-country',
      'line 3, id: duplicate-id',
      'line 4, id: duplicate-id',
    ]);
  });

  test('when it has too few cells, or too many', () => {
    const [header, row] = aTable([aRow()]).split('\r\n');
    expect(faultsOf([header, `${row},more`, row, row?.replace(/,[^,]*$/, '')].join('\n'))).toEqual([
      'line 2: unreadable-row',
      'line 4: unreadable-row',
    ]);
  });

  test('when its quotation marks do not match; the rows around it are read', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => aRow({ id, 'label.en': id, note: `of\n${id}` }));
    const file = aTable(rows, '\n').replace('"of\nb"', '"of" b').replace('"of\nd"', '"of d');
    const { targets, errors } = parseRegistry(Buffer.from(file), 'csv');
    expect(targets.map(({ target, line }) => [target.id, line])).toEqual([
      ['a', 2],
      ['c', 5],
      ['e', 8],
    ]);
    expect(errors.map(({ line, code }) => [line, code])).toEqual([
      [4, 'unreadable-row'],
      [7, 'unreadable-row'],
    ]);
  });

  test('when it is in another encoding: the line and the byte are named, of each such row', () => {
    const rows = ['Ministère', 'Ministry', 'Département'].map((name, at) =>
      aRow({ id: `office-${at}`, 'label.en': name, note: at === 2 ? 'two\nlinés' : '' }),
    );
    const { errors, targets } = parseRegistry(Buffer.from(aTable(rows), 'latin1'), 'csv');
    expect(targets.map(({ line }) => line)).toEqual([3]);
    expect(errors.map(({ line, pointer, message }) => [line, pointer, message])).toEqual([
      [2, '/label.en', 'Byte 35 (E8) of line 2 is not UTF-8: save the file as UTF-8.'],
      [4, '/label.en', 'Byte 30 (E9) of line 4 is not UTF-8: save the file as UTF-8.'],
      [4, '/note', 'Byte 30 (E9) of line 4 is not UTF-8: save the file as UTF-8.'],
    ]);
  });
});

describe('a list in JSON', () => {
  test('is read with the line in which each office begins, alone or as targets', () => {
    const list = [aTarget(), aTarget({ id: 'fr-health', area_id: 'FR' })];
    const read = (value: unknown, indent?: number) =>
      parseRegistry(Buffer.from(JSON.stringify(value, null, indent)), 'json').targets;
    expect(read(list, 2).map(({ target }) => target)).toEqual(list);
    const lines = JSON.stringify({ targets: list }, null, 2).split('\n');
    const begin = (id: string) => lines.findIndex((line) => line.includes(`"id": "${id}"`));
    expect(read({ targets: list }, 2).map(({ line }) => line)).toEqual(['ke-health', 'fr-health'].map(begin));
    expect(read({ targets: list }).map(({ line }) => line)).toEqual([1, 1]);
  });

  test.each([
    ['', 'line 1: empty-file'],
    ['[]', 'line 1: empty-file'],
    ['[\n{},\n{]', 'line 3: not-json'],
    ['[\n{"id":', 'line 2: not-json'],
    ['{"offices": []}', 'line 1: no-list'],
    ['{"targets": [], "more": 1}', 'line 1: no-list'],
    ['null', 'line 1: no-list'],
  ])('%j is refused', (text, fault) => {
    expect(faultsOf(text, 'json')).toEqual([fault]);
  });

  test('has all that is wrong with one office named, however much it is', () => {
    const fields = Array.from({ length: 200_000 }, (_, at) => [`field${at}`, 1]);
    expect(faultsOf(JSON.stringify([Object.fromEntries(fields)]), 'json').length).toBeGreaterThan(200_000);
  });

  test('has its bad offices named by line and place', () => {
    const list = [aTarget({ area_id: 'XX' }), 7, { ...aTarget({ id: 'x' }), email: 'a@example.org' }];
    expect(faultsOf(`[\n${list.map((item) => JSON.stringify(item)).join(',\n')}]`, 'json')).toEqual([
      'line 2, 0/area_id: unknown-country',
      'line 3, 1: invalid-type',
      'line 4, 2/email: unknown-field',
    ]);
    const label = { en: 'Ministry', 'not a tag': 'Ministry' };
    expect(faultsOf(JSON.stringify({ targets: [aTarget({ label })] }), 'json')).toEqual([
      'line 1, targets/0/label/not a tag: unknown-language',
    ]);
  });
});
