import type { Browser } from 'playwright-core';

/** How a page with the widget came up. Times in milliseconds since it was asked for. */
export interface ComingUp {
  /** The form is there, and no task that holds the page up is going on. */
  interactive: number;
  /** The longest task that held the page up; 0 if none took over 50 ms. */
  longestTask: number;
  /** How much moved while it came up: layout shifts, added up. https://web.dev/articles/cls */
  shift: number;
}

export interface Screen {
  width: number;
  height: number;
}

/** Opens a page for the first time, on a processor that is so many times slower than this one. */
export async function comeUp(
  browser: Browser,
  page: string,
  viewport: Screen,
  slowdown = 4,
): Promise<ComingUp> {
  const context = await browser.newContext({ viewport });
  try {
    await context.addInitScript(observe);
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await tab.goto(page);
    await tab.locator('groundswell-action [part~="form"]').waitFor({ timeout: 15_000 });
    await tab.waitForLoadState('networkidle');
    const seen = await tab.evaluate(() => (window as unknown as { seen: Seen }).seen);
    const tasks = seen.tasks.filter(({ start }) => start <= seen.formAt);
    return {
      interactive: Math.max(seen.formAt, ...tasks.map(({ start, duration }) => start + duration)),
      longestTask: Math.max(0, ...seen.tasks.map(({ duration }) => duration)),
      shift: seen.shift,
    };
  } finally {
    await context.close();
  }
}

interface Seen {
  formAt: number;
  shift: number;
  tasks: { start: number; duration: number }[];
}

/** Runs in the page before anything else does. */
function observe(): void {
  const seen: Seen = { formAt: 0, shift: 0, tasks: [] };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      seen.shift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const root = document.querySelector('groundswell-action')?.shadowRoot;
    if (root?.querySelector('button[type="submit"]')) seen.formAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}
