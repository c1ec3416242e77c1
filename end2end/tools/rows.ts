// Rows of the table that `make bench` prints, one JSON object a line in the file $BENCH_ROWS.
import { appendFileSync } from "node:fs";

export interface Row {
  metric: string;
  ours: string;
  peer?: string;
  ratio?: number;
  bound?: string;
  ok?: boolean;
}

export function add(row: Row): void {
  const file = process.env.BENCH_ROWS;
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
  else console.log(row);
}

/** A measurement that could not be made. */
export function skip(metric: string, why: string): void {
  console.error(`\n*** SKIPPED: ${metric}: ${why}\n`);
  add({ metric, ours: "SKIPPED", peer: why });
}

/** The value that so many hundredths of the others do not exceed. */
export function percentile(values: number[], hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)];
}
