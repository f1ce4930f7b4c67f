import { availableParallelism, cpus } from 'node:os';
import type { Chart } from './chart.ts';
import type { Row } from './figure.ts';

/** A whole run, from which docs/performance.md is made. */
export interface Report {
  /** `2026-11-23`. */
  on: string;
  machine: { processor: string; cores: number; node: string; system: string };
  sections: ReportSection[];
}
export interface ReportSection {
  name: string;
  title: string;
  rows: Row[];
  charts: Chart[];
}

export function toReport(sections: ReportSection[]): Report {
  return {
    on: new Date().toISOString().slice(0, 10),
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      node: process.version,
      system: `${process.platform} ${process.arch}`,
    },
    sections,
  };
}
