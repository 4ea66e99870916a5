import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost } from "./flow-host.ts";

interface Invocation {
  readonly die: (error: Error) => void;
}

/** The process of a function ends around its n-th request to anybody, counted over all functions from 1. */
export interface CrashPoint {
  readonly request: number;
  /** Before the request leaves, or after it has taken effect. */
  readonly when: "before" | "after";
}

/** A flow host in which one function dies at that point: whatever it was about to do does not happen. */
export async function aCrashingHost(first: CrashPoint | null, options: Parameters<typeof aFlowHost>[0] = {}) {
  const invocations = new AsyncLocalStorage<Invocation>();
  let point = first;
  let requests = 0;
  const host: FlowHost = await aFlowHost({
    ...options,
    invoke: (_name, _payload, handler) =>
      new Promise((resolve, reject) => {
        function die(error: Error): void {
          host.restartFunctions();
          reject(error);
        }
        invocations.run({ die }, () => void handler().then(resolve, reject));
      }),
    layers: [
      (_service, inner) => ({
        async fetch(request) {
          const invocation = invocations.getStore();
          // What a service does of its own accord because of the request is not the function's doing.
          const send = () => invocations.exit(() => inner.fetch(request));
          if (invocation === undefined || ++requests !== point?.request) return send();
          if (point.when === "after") await send();
          invocation.die(new Error("the process is gone"));
          // The rest of the handler never runs: nobody answers a process that is gone.
          return new Promise<Response>(() => undefined);
        },
      }),
      ...(options.layers ?? []),
    ],
  });
  return {
    host,
    requests: () => requests,
    /** Begins to count anew; null: nobody dies. */
    crashAt(next: CrashPoint | null) {
      point = next;
      requests = 0;
    },
  };
}

/** Longer than the lease of a run that died, and than any replica of Entra lags behind. */
export const UNTIL_SOMEBODY_LOOKS = 20 * 60_000;

const CHUNK = 20;
const WHEN: readonly CrashPoint["when"][] = ["before", "after"];

interface CrashingFlow {
  readonly flow: string;
  /** What holds whenever a function dies. */
  readonly promise: string;
  /** How many times twenty requests a run makes, at most. */
  readonly chunks: number;
  /** A world, and how the flow runs in it despite a crash: judges what is left, says whether the point was reached. */
  readonly make: () => Promise<{
    readonly runDespiteCrash: (point: CrashPoint) => Promise<{ readonly crashed: boolean }>;
  }>;
}

/** A function dies before and after each request of a run. */
export function describeCrashes({ flow, promise, chunks, make }: CrashingFlow): void {
  const firsts = Array.from({ length: chunks }, (_, index) => index * CHUNK + 1);
  describe.each(WHEN)(`${flow}, when a function dies %s a request takes effect`, (when) => {
    it.each(firsts)(`${promise} (from request %i)`, async (first) => {
      const { runDespiteCrash } = await make();
      for (let request = first; request < first + CHUNK; request += 1)
        if (!(await runDespiteCrash({ request, when })).crashed) break;
    });

    it("has died around every request there is", async () => {
      const { runDespiteCrash } = await make();
      expect(await runDespiteCrash({ request: chunks * CHUNK, when })).toEqual({ crashed: false });
    });
  });
}
