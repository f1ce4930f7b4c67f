import type { Page } from 'playwright-core';

/** What has the focus. */
export interface Focused {
  /** Its name as a field. */
  field: string | null;
  type: string | null;
  part: string | null;
  /** Its own text. */
  name: string;
  inWidget: boolean;
  /** It is on the screen, and nothing lies over it. */
  isSeen: boolean;
  /** There is an outline around it, or something like it. */
  isMarked: boolean;
  /** Its order in the document. */
  place: number;
}

/** Presses Tab, or another key, until that has the focus; at most so often as a form has fields. */
export async function tabTo(
  page: Page,
  wanted: Partial<Pick<Focused, 'field' | 'type' | 'name'>>,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key);
    const focused = await focusedOn(page);
    if (Object.entries(wanted).every(([name, value]) => focused[name as keyof Focused] === value)) return;
  }
  throw new Error(
    `${key} does not lead to ${JSON.stringify(wanted)}; the focus is at ${JSON.stringify(await focusedOn(page))}`,
  );
}

export function focusedOn(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    let element = document.activeElement as HTMLElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
    const root = element.getRootNode() as Document | ShadowRoot;
    const { left, top, width, height } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const [x, y] = [left + width / 2, top + Math.min(height / 2, innerHeight / 2)];
    const hit = root.elementFromPoint(x, y);
    return {
      field: element.getAttribute('name'),
      type: element.getAttribute('type'),
      part: element.getAttribute('part'),
      name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      inWidget: root instanceof ShadowRoot,
      isSeen: hit !== null && (hit === element || element.contains(hit) || hit.contains(element)),
      isMarked: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none',
      place: [...root.querySelectorAll('*')].indexOf(element),
    };
  });
}
