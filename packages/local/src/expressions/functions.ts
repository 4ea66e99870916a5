import { createHash } from "node:crypto";
import jsonata from "jsonata";

/** Sources of the functions that are not pure. */
export interface FunctionSources {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export type Functions = Readonly<Record<string, (...given: never[]) => unknown>>;

const HASHES = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);
/** Not documented; others have found that one number more is refused. */
const LONGEST_RANGE = 360_145;
const formatTime = jsonata("$fromMillis($at, $picture, $zone)");

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that must not use the wall clock or randomness.
 * [Step Functions Developer Guide: Transforming data with JSONata, "JSONata functions provided by Step Functions"]
 */
export function makeFunctions({ now, newId, random }: FunctionSources): Functions {
  return {
    partition,
    range,
    hash,
    parse: (text: string | undefined) => (text === undefined ? undefined : JSON.parse(text)),
    uuid: newId,
    shuffle: (list: unknown) => shuffle(list, random),
    random: (seed?: number) => (seed === undefined ? random() : seededRandom(seed)),
    millis: () => Math.round(now()),
    now: (picture?: string, zone?: string) =>
      formatTime.evaluate(undefined, { at: Math.round(now()), picture, zone }),
    eval: () => {
      throw new Error("Step Functions does not offer $eval: use $parse for JSON");
    },
  };
}

/** Numbers that are not whole are rounded down. ["JSONata functions provided by Step Functions"] */
function partition(list: readonly unknown[] | undefined, size: number): unknown[] | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw new Error("$partition needs an array");
  const whole = Math.floor(size);
  if (!(whole >= 1)) throw new Error("$partition needs a size of 1 or more");
  return Array.from({ length: Math.ceil(list.length / whole) }, (_, i) =>
    list.slice(i * whole, (i + 1) * whole),
  );
}

function range(from: number, to: number, by: number): number[] {
  const [first, last, step] = [from, to, by].map(Math.floor) as [number, number, number];
  if (![first, last, step].every(Number.isFinite)) throw new Error("$range needs a first, a last and a step");
  if (step === 0) throw new Error("$range needs a step other than 0");
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > LONGEST_RANGE) throw new Error("Expression evaluation memory limit exceeded");
  return Array.from({ length }, (_, i) => first + i * step);
}

/** JSONata's own draws from the process's chance, with which no run can be repeated. */
function shuffle(list: unknown, random: () => number): unknown {
  if (!Array.isArray(list)) return list;
  const shuffled: unknown[] = [...(list as unknown[])];
  for (let end = shuffled.length - 1; end > 0; end--) {
    const chosen = Math.floor(random() * (end + 1));
    [shuffled[end], shuffled[chosen]] = [shuffled[chosen], shuffled[end]];
  }
  return shuffled;
}

function hash(text: string | undefined, algorithm: string): string | undefined {
  if (text === undefined) return undefined;
  const known = HASHES.get(algorithm);
  if (!known) throw new Error(`$hash knows ${[...HASHES.keys()].join(", ")}`);
  return createHash(known).update(text).digest("hex");
}

/** One number from 0 to below 1 that depends on the seed only (the mixing step of splitmix32). */
function seededRandom(seed: number): number {
  if (typeof seed !== "number") throw new Error("$random takes a number as its seed");
  let mixed = (Math.floor(seed) + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
