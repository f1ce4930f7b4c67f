import { type Context, explain, type Sent, send } from './context.ts';
import { h } from './h.ts';

/** Seconds after which a mail can be sent again. */
const interval = 60;
/** Milliseconds. */
const second = 1_000;

export interface StepView {
  element: HTMLElement;
  /** Goes on when the element was put back. */
  start?(): void;
}

/** What to do now: where the mail goes to, and what if it does not come. */
export function checkView(context: Context, sent: Sent, back: () => void, share: () => void): StepView {
  const { campaign, tell } = context;
  let timer: ReturnType<typeof setTimeout>;
  const news = h('p', { role: 'status' });
  const countdown = h('p:hint', { id: 'wait' });
  const again = h(
    'button:button-second',
    { 'aria-describedby': 'wait', click: sendAgain },
    tell('check.again'),
  );
  const text = sent.kind === 'pledge' ? 'check.pledge.text' : 'check.signature.text';
  const element = h(
    'div:step',
    h('h3', { tabindex: -1 }, tell('check.title')),
    h('p', tell(text, { campaign: campaign.title })),
    h('p', tell('check.to'), h('br'), h('strong', { dir: 'ltr' }, sent.email)),
    h('p', tell('check.spam')),
    h('button:button', { click: share }, tell('check.share')),
    again,
    countdown,
    news,
    h('button:link', { click: back }, tell('check.change')),
  );

  /** Seconds: of what was sent, not of this view, which may be a second one. */
  function secondsLeft(): number {
    sent.at ??= Date.now();
    return Math.ceil((sent.at - Date.now()) / second) + interval;
  }

  /** What is left is shown, but not read out as it passes. */
  function start(): void {
    const left = secondsLeft();
    clearTimeout(timer);
    again.setAttribute('aria-disabled', `${left > 0}`);
    countdown.textContent = left > 0 ? tell('check.wait', { seconds: left }) : '';
    if (left > 0 && !context.stop.aborted) timer = setTimeout(start, second);
  }

  /** What was refused is not sent sooner, for it may have arrived; what never left this device is sent when one likes. */
  async function sendAgain(): Promise<void> {
    if (secondsLeft() > 0) return;
    const before = sent.at;
    sent.at = Date.now();
    start();
    news.textContent = '';
    const reply = await send(context, sent);
    const wait = Math.max(reply.wait ?? 0, interval);
    sent.at = reply.code === 'offline' ? before : Date.now() + (wait - interval) * second;
    news.textContent = reply.code ? explain(tell, { ...reply, wait }) : tell('check.sentAgain');
    start();
  }

  start();
  return { element, start };
}
