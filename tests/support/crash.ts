import { AsyncLocalStorage } from "node:async_hooks";
import type { LocalHostOptions } from "@landbridge/cli/local-host";

interface Invocation {
  readonly die: (error: Error) => void;
}

/** The process of a function ends around its n-th request to anybody, counted over all functions from 1. */
export interface CrashPoint {
  readonly request: number;
  /** Before the request leaves, or after it has taken effect. */
  readonly when: "before" | "after";
}

/** Options of a local host in which one function dies at that point; whatever it was about to do does not happen. */
export function crashAt({ request: point, when }: CrashPoint) {
  const invocations = new AsyncLocalStorage<Invocation>();
  let requests = 0;
  const options = {
    invoke: (_name, _payload, handler) =>
      new Promise((resolve, die) => {
        invocations.run({ die }, () => void handler().then(resolve, die));
      }),
    layers: [
      (_service, inner) => ({
        async fetch(request) {
          const invocation = invocations.getStore();
          if (invocation === undefined || ++requests !== point) return inner.fetch(request);
          if (when === "after") await inner.fetch(request);
          invocation.die(new Error("the process is gone"));
          // The rest of the handler never runs: nobody answers a process that is gone.
          return new Promise<Response>(() => undefined);
        },
      }),
    ],
  } satisfies Pick<LocalHostOptions, "invoke" | "layers">;
  return { options, requests: () => requests };
}
