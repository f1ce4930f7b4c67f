import type { WriteStream } from 'node:tty';

/** How often a line is written where none can be rewritten (milliseconds). */
const interval = 5_000;
const width = 30;

export interface ProgressBar {
  show(done: number, of: number, text: string): void;
  /** Leaves the last line as it stands. */
  end(): void;
}

/** A line that says how far something is: rewritten on a terminal, else written anew every now and then. */
export function createProgressBar(stream: Pick<WriteStream, 'isTTY' | 'write'>): ProgressBar {
  let shown = '';
  let writtenAt = 0;
  return {
    show: (done, of, text) => {
      const line = toLine(done, of, text);
      if (line === shown || (!stream.isTTY && performance.now() - writtenAt < interval && writtenAt > 0))
        return;
      // Back to the start of the line, and away with what stood there.
      stream.write(stream.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
      shown = line;
      writtenAt = performance.now();
    },
    end: () => {
      if (stream.isTTY && shown) stream.write('\n');
      shown = '';
    },
  };
}

function toLine(done: number, of: number, text: string): string {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  const filled = Math.round(share * width);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${percent}  ${text}`;
}
