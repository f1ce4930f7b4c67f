import { Tag } from './target.ts';

/** Columns that every file has; beside them, one for the name of the office in some language. */
const required = ['id', 'classification', 'area_id', 'languages', 'channel', 'updated_at'];

/** All that there can be, in the order in which they are written; `*` stands for a language, `#` for a number from 0 on. */
const known = [
  ...['id', 'classification', 'area_id', 'label.*'],
  ...['holder.name', 'holder.honorific_prefix.*', 'holder.start_date', 'holder.end_date'],
  ...['salutation.*', 'languages', 'channel'],
  ...['type', 'value', 'status', 'note'].map((field) => `contact_details.#.${field}`),
  ...['form', 'sender_identity', 'file_number'].map((field) => `requirements.${field}`),
  ...['note', 'sources.#.url', 'sources.#.note', 'updated_at'],
];

/** How many of each there can be. */
const most: Record<string, number> = { contact_details: 20, sources: 10 };

/** `contact_details.0.value` is of the kind `contact_details.#.value`. */
function kindOf(column: string): string {
  return column
    .replace(/^(contact_details|sources)\.(?:0|[1-9]\d?)\./, '$1.#.')
    .replace(/^(label|salutation|holder\.honorific_prefix)\..+$/, '$1.*');
}

export function isKnownColumn(column: string): boolean {
  const [first = '', at] = column.split('.');
  if (!known.includes(kindOf(column))) return false;
  if (kindOf(column).endsWith('*')) return Tag.safeParse(column.split('.').at(-1)).success;
  return most[first] === undefined || Number(at) < most[first];
}

/** Names of the columns that a file lacks. */
export function missingColumns(columns: string[]): string[] {
  const missing = required.filter((column) => !columns.includes(column));
  return columns.some((column) => kindOf(column) === 'label.*') ? missing : [...missing, 'label.en'];
}

/** In the order of the schema: what belongs to one contact or source stands together, languages by their tags. */
export function sortColumns(columns: Iterable<string>): string[] {
  const places = [...columns].map((column) => ({ column, place: placeOf(column) }));
  return places.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ column }) => column);
}

/** Text by which columns are sorted: all places have two digits. */
function placeOf(column: string): string {
  const [first = '', at = ''] = column.split('.');
  const kind = kindOf(column);
  const digits = (number: number) => String(number).padStart(2, '0');
  const group = known.findIndex((each) => each.split('.')[0] === first);
  const listed = most[first] === undefined ? '' : digits(Number(at));
  return [
    digits(kind.includes('#') ? group : known.indexOf(kind)),
    listed,
    digits(known.indexOf(kind)),
    column,
  ].join(' ');
}
