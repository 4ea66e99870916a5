/** One line of the bench's table: a number and its bound. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The theoretical optimum, by quota or by arithmetic; null if nothing bounds it. */
  readonly bound: number | null;
  /** The number's maximum or, for `atLeast`, its minimum. */
  readonly limit: number;
  readonly ok: boolean;
}

type Stated = Omit<Measurement, "ok" | "bound"> & { readonly bound?: number };

export function atMost({ bound, ...stated }: Stated): Measurement {
  return { ...stated, bound: bound ?? null, ok: stated.value <= stated.limit };
}

export function atLeast({ bound, ...stated }: Stated): Measurement {
  return { ...stated, bound: bound ?? null, ok: stated.value >= stated.limit };
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Milliseconds that the process works for, garbage collection included, at each of so many runs after a few to warm up. Not
 * by the clock on the wall, which also counts what other processes do.
 */
export function cpuTimesOf(work: () => unknown, { warm, runs }: { warm: number; runs: number }): number[] {
  for (let run = 0; run < warm; run += 1) work();
  return Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}
