import { AsyncLocalStorage } from "node:async_hooks";
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
