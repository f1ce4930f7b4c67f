import { type Progress, toProgressLine } from './report.ts';

/** Milliseconds between two lines where one cannot be written over. */
const interval = 5_000;

/** Shows on stderr how far a run is: in one line that is written over on a terminal, else in a line now and then. */
export function createProgress(stream = process.stderr) {
  const begun = performance.now();
  let shown = begun;
  return {
    show: (progress: Progress): void => {
      const now = performance.now();
      const line = `${((now - begun) / 1_000).toFixed(0)} s: ${toProgressLine(progress)}`;
      if (stream.isTTY) stream.write(`\r\u001b[2K${line.slice(0, stream.columns - 1)}`);
      else if (now - shown >= interval) {
        shown = now;
        stream.write(`… ${line}\n`);
      }
    },
    /** Leaves the line as it stands. */
    end: (): void => {
      if (stream.isTTY) stream.write('\n');
    },
  };
}
