import type { Locator, Page } from 'playwright-core';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { PageText } from '../../web/pages/page-text.ts';

/** What the element can be told, and what it says of itself. */
export interface WidgetElement extends HTMLElement {
  readonly step: string;
  go(step: string): void;
  prefill(values: Record<string, unknown>): void;
}

/** The first of the page's widgets, or another. */
export function widgetOf(page: Page, at = 0): Locator {
  return page.locator('groundswell-action').nth(at);
}

/** Waits until the form of that kind is there. */
export function formShown(widget: Locator, t: PageText, kind: ActionKind): Promise<void> {
  return widget.getByRole('button', { name: t(`${kind}.submit`), exact: true }).waitFor();
}

export function stepOf(widget: Locator): Promise<string> {
  return widget.evaluate((element) => (element as WidgetElement).step);
}

export function goTo(widget: Locator, step: string): Promise<void> {
  return widget.evaluate((element, name) => (element as WidgetElement).go(name), step);
}

/** What the element told the page around it, in order: each event's name, and all that it carries. */
export interface Heard {
  type: string;
  detail: unknown;
}

/** For `prepare`: writes down what the page hears. */
export function listen(): void {
  const heard: Heard[] = [];
  Object.assign(window, { heard });
  for (const type of ['groundswell:submitted', 'groundswell:shared', 'groundswell:error'])
    document.addEventListener(type, (event) => {
      heard.push({ type, detail: JSON.parse(JSON.stringify((event as CustomEvent).detail)) });
    });
}

export function heardOn(page: Page): Promise<Heard[]> {
  return page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
}

/** How often the page has posted anything so far. */
export function countPosts(page: Page): () => number {
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  return () => posts;
}
