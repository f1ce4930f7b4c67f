import { expect, test } from 'vitest';
import { createProgressBar } from '../../infra/tools/progress-bar.ts';

function aStream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { stream: { isTTY, write } as Parameters<typeof createProgressBar>[0], written };
}

test('a progress bar is one line on a terminal, rewritten when there is something new', () => {
  const { stream, written } = aStream(true);
  const bar = createProgressBar(stream);
  bar.show(0, 512, 'waiting to begin');
  bar.show(256, 512, '600 actions read');
  bar.show(256, 512, '600 actions read');
  bar.end();
  expect(written).toEqual([
    `\r\x1b[2K[${'-'.repeat(30)}]   0 %  waiting to begin`,
    `\r\x1b[2K[${'#'.repeat(15)}${'-'.repeat(15)}]  50 %  600 actions read`,
    '\n',
  ]);
});

test('a progress bar is a plain line now and then where lines cannot be rewritten', () => {
  const { stream, written } = aStream(false);
  const bar = createProgressBar(stream);
  for (let done = 0; done <= 512; done++) bar.show(done, 512, `${done} actions read`);
  bar.end();
  expect(written).toEqual([`[${'-'.repeat(30)}]   0 %  0 actions read\n`]);
});
