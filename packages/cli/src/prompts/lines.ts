import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export interface Lines {
  /** Null at the end of the input, and after Ctrl+C on a terminal. */
  next(): Promise<string | null>;
  close(): void;
}

/** @param echo where a terminal shows what is typed; absent if the input is not a terminal */
export function readLines(input: Readable, echo?: Writable): Lines {
  const reader = createInterface({
    input,
    ...(echo && { output: echo, terminal: true }),
    crlfDelay: Infinity,
  });
  const lines = reader[Symbol.asyncIterator]();
  // Without a listener the first Ctrl+C would only pause the input.
  reader.on("SIGINT", () => reader.close());
  return {
    async next() {
      const line = await lines.next();
      return line.done === true ? null : line.value;
    },
    close: () => reader.close(),
  };
}
