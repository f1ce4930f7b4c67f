import { exactMoney } from '../live/exact-money.ts';
import { poll } from '../live/poll.ts';

/**
 * Keeps the tally of a page up to date. Numbers are shown as they were counted, never made up in between.
 * It finds its places by the `data-` attributes of `campaign-tally.ts`, and reads only while the page is visible.
 */

/** At most so often (milliseconds) is a change read out. */
const newsInterval = 30_000;

/** Follows one tally: reads now, then each time that it is due and the page is visible. */
function follow(root) {
  const state = { told: firstFigure(root), toldAt: 0 };
  const plan = poll(
    () => read(root, state),
    () => !document.hidden,
  );
  document.addEventListener('visibilitychange', plan);
  plan();
}

async function read(root, state) {
  try {
    const tally = await fetchTally(root.dataset.tally);
    show(root, tally);
    tellNews(root, state);
    return tally.pollAfter;
  } catch {
    return undefined;
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
      exactMoney(amount, currency, Number(digits.get(currency) ?? 2), language),
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
