/** One line of the bench's table: a number beside what bounds it. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it cannot be better than, by quota or by arithmetic; null where nothing bounds it. */
  readonly bound: number | null;
  /** What it must not exceed, or, for `atLeast`, fall below. */
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
