const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export interface Interruption {
  /** Resolves when the person presses Ctrl+C or the process receives SIGTERM; a second time ends it at once. */
  readonly happened: Promise<"interrupted">;
  /** Leaves the signals to themselves again. */
  ignore(): void;
}

export function watchInterruption(): Interruption {
  const { promise, resolve } = Promise.withResolvers<"interrupted">();
  const listener = () => resolve("interrupted");
  for (const signal of SIGNALS) process.once(signal, listener);
  return {
    happened: promise,
    ignore() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
