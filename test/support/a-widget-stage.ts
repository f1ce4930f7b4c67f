import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { aBrowser } from './a-browser.ts';
import { aHostSite, type HostPage, type HostSite } from './a-host-site.ts';
import { aStack, type RunningStack } from './a-stack.ts';
import { aVisitor } from './a-visitor.ts';
import { aWatchedPage, type Watched, type WatchOptions } from './a-watched-page.ts';

/** What `GET /v1/campaigns/{slug}/embed` answers. */
export interface EmbedCode {
  campaign: string;
  script: string;
  pinned: string;
  iframe: string;
  wordpress: string;
  link: string;
  oembed: string;
}

/** The stack, a site of another origin that embeds its widget, and a browser: for all tests of a file. */
export interface WidgetStage {
  stack: RunningStack;
  /** Of the stack. */
  url: string;
  host: HostSite;
  browser: Browser;
  visitor: ReturnType<typeof aVisitor>;
  /** The snippets to put on a page, as the API gives them. */
  embedCode(query?: Record<string, string>, campaign?: string): Promise<EmbedCode>;
  /** Opens a window that is watched until `leave`. */
  open(options?: WatchOptions): Promise<Page>;
  /** Opens a page of the host site. */
  openHost(page: HostPage, options?: WatchOptions): Promise<Page>;
  /** After each test: closes its windows, and fails when anything happened in them that must not. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

export async function aWidgetStage(): Promise<WidgetStage> {
  const [stack, host, browser] = await Promise.all([aStack(), aHostSite(), aBrowser()]);
  const open = new Set<Watched>();
  const stage: WidgetStage = {
    stack,
    url: stack.url,
    host,
    browser,
    visitor: aVisitor(stack.url),
    embedCode: async (query = {}, campaign = 'mental-health-for-all') => {
      const answer = await fetch(`${stack.url}/v1/campaigns/${campaign}/embed?${new URLSearchParams(query)}`);
      expect(answer.status).toBe(200);
      return answer.json();
    },
    open: async (options) => {
      const watched = await aWatchedPage(browser, [stack.url, host.url], options);
      open.add(watched);
      return watched.page;
    },
    openHost: async (hostPage, options) => {
      const page = await stage.open(options);
      await page.goto(host.serve(hostPage));
      return page;
    },
    leave: async () => {
      const left = [...open];
      open.clear();
      const complaints = await Promise.all(left.map((watched) => watched.complaints()));
      await Promise.all(left.map(({ context }) => context.close()));
      expect(complaints.flat()).toEqual([]);
    },
    stop: async () => {
      await browser.close();
      await host.stop();
      await stack.stop();
    },
  };
  return stage;
}
