import type { Json } from "../definition/asl.ts";
import { StateError } from "./state-error.ts";

/** All variables of an execution together. [Step Functions Developer Guide: Passing data between states with variables] */
export const MAX_VARIABLE_BYTES = 10 * 1024 * 1024;

/**
 * The workflow variables of one scope: its own, and those of the scopes around as they were when it began.
 * Definitions that assign a variable of an outer scope inside are refused before they run.
 */
export class Variables {
  readonly values: Record<string, Json>;
  readonly #used: { bytes: number };
  readonly #own = new Map<string, number>();

  constructor(values: Readonly<Record<string, Json>> = {}, used = { bytes: 0 }) {
    this.values = { ...values };
    this.#used = used;
  }

  inner(): Variables {
    return new Variables(this.values, this.#used);
  }

  /** @throws {StateError} States.DataLimitExceeded; then nothing is assigned */
  assign(assigned: Readonly<Record<string, Json>>): void {
    const sizes = Object.entries(assigned).map(
      ([name, value]) => [name, Buffer.byteLength(JSON.stringify(value))] as const,
    );
    const growth = sizes.reduce((sum, [name, bytes]) => sum + bytes - (this.#own.get(name) ?? 0), 0);
    if (this.#used.bytes + growth > MAX_VARIABLE_BYTES) {
      throw new StateError(
        "States.DataLimitExceeded",
        `The variables of the execution are larger than ${MAX_VARIABLE_BYTES} bytes of JSON.`,
      );
    }
    this.#used.bytes += growth;
    for (const [name, bytes] of sizes) this.#own.set(name, bytes);
    Object.assign(this.values, assigned);
  }

  /** The scope has ended, its variables are gone. */
  release(): void {
    for (const bytes of this.#own.values()) this.#used.bytes -= bytes;
    this.#own.clear();
  }
}
