import type { Context } from './context.ts';
import { h } from './h.ts';
import type { WidgetTextKey } from './text-keys.ts';

const notices: Record<string, [title: WidgetTextKey, text: WidgetTextKey]> = {
  scheduled: ['campaign.scheduled.title', 'campaign.scheduled.text'],
  paused: ['campaign.paused.title', 'campaign.paused.text'],
};

/** What there is in place of the form of a campaign that is not open. */
export function closedNotice({
  campaign: { status, opensAt, timeZone, language },
  tell,
}: Context): HTMLElement {
  const [title, text] = notices[status] ?? ['campaign.closed.title', 'campaign.closed.text'];
  const date = dayOf(new Date(opensAt), language, timeZone);
  return h('div:notice', h('h3', { tabindex: -1 }, tell(title)), h('p', tell(text, { date })));
}

/** Most of the world that reads English writes the day first; pages do so, too. */
function dayOf(moment: Date, language: string, timeZone = 'UTC'): string {
  const locale = language === 'en' ? 'en-GB' : language;
  try {
    return moment.toLocaleDateString(locale, { dateStyle: 'long', timeZone });
  } catch {
    // A browser may be older than the name of a zone: its reader's own day then.
    return moment.toLocaleDateString(locale, { dateStyle: 'long' });
  }
}
