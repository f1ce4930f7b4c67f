/**
 * Keeps the tally of a page up to date. Numbers are shown as they were counted, never made up in between.
 * It finds its places by the `data-` attributes of `campaign-tally.ts`, and reads only while the page is visible.
 */

/** At most so often (milliseconds) is a change read out, and at most so long (seconds) is waited after failures. */
const newsInterval = 30_000;
const longestWait = 300;

/** Milliseconds until the next read: a little apart for each reader, and ever longer while reading fails. */
export function waitFor(pollAfter, failures, random = Math.random()) {
  const seconds = failures === 0 ? pollAfter : Math.min(longestWait, pollAfter * 2 ** failures);
  return seconds * 1_000 * (failures === 0 ? 0.9 + random * 0.2 : 0.5 + random);
}

/** Minor units as money of the language, exact at any size. */
export function toMoney(amount, currency, digits, language) {
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  return new Intl.NumberFormat(language, options).format(`${amount}E-${digits}`);
}

/** Follows one tally: reads now, then each time that it is due and the page is visible. */
function follow(root) {
  const state = {
    pollAfter: 5,
    failures: 0,
    due: 0,
    timer: 0,
    reading: false,
    told: firstFigure(root),
    toldAt: 0,
  };
  const plan = () => {
    clearTimeout(state.timer);
    if (document.hidden || state.reading) return;
    state.timer = setTimeout(next, Math.max(0, state.due - Date.now()));
  };
  const next = async () => {
    state.reading = true;
    await read(root, state);
    state.due = Date.now() + waitFor(state.pollAfter, state.failures);
    state.reading = false;
    plan();
  };
  document.addEventListener('visibilitychange', plan);
  plan();
}

async function read(root, state) {
  try {
    const tally = await fetchTally(root.dataset.tally);
    state.failures = 0;
    state.pollAfter = tally.pollAfter;
    show(root, tally);
    tellNews(root, state);
  } catch {
    state.failures += 1;
  }
}

/** `no-cache` asks each time, with the ETag that the browser has; a 304 comes back as the tally that it kept. */
async function fetchTally(address) {
  const response = await fetch(address, { cache: 'no-cache', credentials: 'omit' });
  if (!response.ok) throw new Error(`tally: ${response.status}`);
  return response.json();
}

function show(root, tally) {
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language);
  for (const place of root.querySelectorAll('[data-count]')) {
    setText(place, number.format(place.dataset.count.split('.').reduce((node, key) => node[key], tally)));
  }
  showGoal(root.querySelector('[data-tally-goal]'), tally, number);
  showCountries(root.querySelector('[data-tally-countries]'), tally, number, language);
  showDetails(root.querySelector('[data-tally-details]'), tally);
  showMoney(root.querySelector('[data-tally-money]'), tally.pledges.byCurrency, number, language);
  showTime(root, tally.asOf);
}

function showGoal(place, { goals, signatures }, number) {
  if (!place) return;
  place.hidden = goals.next === null;
  if (goals.next === null) return;
  const progress = place.querySelector('progress');
  progress.max = goals.next;
  progress.value = Math.min(signatures.total, goals.next);
  const text = place.querySelector('[data-text]');
  setText(text, text.dataset.text.replace('{goal}', number.format(goals.next)));
}

/** Nothing to show before the first count, unless governments are addressed already. */
function showDetails(section, tally) {
  if (section && tally.asOf !== null) section.hidden = false;
}

function showCountries(table, tally, number, language) {
  if (!table) return;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const rows = Object.entries(tally[table.dataset.tallyCountries].byCountry)
    .sort(([, a], [, b]) => b - a)
    .slice(0, Number(table.dataset.limit))
    .map(([country, count]) => [names.of(country), number.format(count)]);
  showRows(table, table, rows);
}

function showMoney(place, byCurrency, number, language) {
  if (!place) return;
  const digits = new Map(place.dataset.digits.split(' ').map((entry) => entry.split(':')));
  const rows = Object.entries(byCurrency)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { amount, count }]) => [
      toMoney(amount, currency, Number(digits.get(currency) ?? 2), language),
      number.format(count),
    ]);
  showRows(place, place.querySelector('table'), rows);
}

/** Rows are made of text, not of markup. */
function showRows(place, table, rows) {
  place.hidden = rows.length === 0;
  table.tBodies[0].replaceChildren(...rows.map(toRow));
}

function toRow([name, value]) {
  const [row, head, cell] = ['tr', 'th', 'td'].map((tag) => document.createElement(tag));
  head.scope = 'row';
  head.textContent = name;
  cell.textContent = value;
  row.append(head, cell);
  return row;
}

function showTime(root, asOf) {
  const [time, first] = ['[data-tally-time]', '[data-tally-first]'].map((name) => root.querySelector(name));
  time.hidden = asOf === null;
  first.hidden = asOf !== null;
  if (asOf === null) return;
  const format = new Intl.DateTimeFormat(root.dataset.dates, { dateStyle: 'long', timeStyle: 'short' });
  setText(time, time.dataset.text.replace('{date}', format.format(new Date(asOf))));
}

/** Says the first number to those who cannot see it change: only when it has changed, and not all the time. */
function tellNews(root, state) {
  const figure = firstFigure(root);
  if (figure === state.told || Date.now() - state.toldAt < newsInterval) return;
  state.told = figure;
  state.toldAt = Date.now();
  root.querySelector('[data-tally-news]').textContent = figure;
}

function firstFigure(root) {
  const count = root.querySelector('[data-count]');
  return `${count.previousElementSibling.textContent}: ${count.textContent}`;
}

function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

if (typeof document !== 'undefined') document.querySelectorAll('[data-tally]').forEach(follow);
