import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost } from "./flow-host.ts";
import { NIGHTLY } from "./nightly.ts";
import { actionOf } from "./record-calls.ts";

interface Invocation {
  readonly name: string;
  readonly die: (error: Error) => void;
}

/** The process of a function ends around a request to anybody, counted over all functions. */
export interface CrashPoint {
  /** Function and operation, as `calls` of the host names them; null: any. */
  readonly call: string | null;
  /** The number of the call, from 1. */
  readonly nth: number;
  /** Before the request leaves, or after it has taken effect. */
  readonly when: "before" | "after";
}

/** A flow host in which one function dies at that point: whatever it was about to do does not happen. */
export async function aCrashingHost(first: CrashPoint | null, options: Parameters<typeof aFlowHost>[0] = {}) {
  const invocations = new AsyncLocalStorage<Invocation>();
  let point = first;
  let calls: string[] = [];
  let crashed = false;

  function isPoint(call: string): boolean {
    if (point === null || crashed || (point.call !== null && point.call !== call)) return false;
    return calls.filter((one) => point?.call === null || one === call).length === point.nth;
  }

  const host: FlowHost = await aFlowHost({
    ...options,
    invoke: (name, _payload, handler) =>
      new Promise((resolve, reject) => {
        function die(error: Error): void {
          host.restartFunctions();
          reject(error);
        }
        invocations.run({ name, die }, () => void handler().then(resolve, reject));
      }),
    layers: [
      (service, inner) => ({
        async fetch(request) {
          const invocation = invocations.getStore();
          // What a service does on its own after the request is not the function's doing.
          const send = () => invocations.exit(() => inner.fetch(request));
          if (invocation === undefined) return send();
          const call = `${invocation.name} ${await operationOf(service, request)}`;
          calls.push(call);
          if (!isPoint(call)) return send();
          crashed = true;
          if (point?.when === "after") await send();
          invocation.die(new Error("the process is gone"));
          // The rest of the handler never runs: a dead process gets no answers.
          return new Promise<Response>(() => undefined);
        },
      }),
      ...(options.layers ?? []),
    ],
  });
  return {
    host,
    /** The functions' requests so far: `connect/check-prerequisites sso:ListInstances`. */
    calls: (): readonly string[] => calls,
    /** Whether the point was reached. */
    hasCrashed: () => crashed,
    /** Starts counting again, with functions that start cold; null: no crash. */
    crashAt(next: CrashPoint | null) {
      host.restartFunctions();
      point = next;
      calls = [];
      crashed = false;
    },
  };
}

/**
 * AWS's action and what it is about, `dynamodb:UpdateItem lease`, of objects the folder; elsewhere service, method and path without ids,
 * `graph GET /v1.0/users/…`.
 */
async function operationOf(service: string, request: Request): Promise<string> {
  const action = await actionOf(service, request.clone());
  if (service === "s3") return `${action?.replace(/[^/]*$/, "")}…`;
  if (action !== null) return action;
  const path = new URL(request.url).pathname.replaceAll(/(?<=\/)[^/]*\d[^/]*(?=\/|$)/g, (part) =>
    /^v\d(\.\d)?$/.test(part) ? part : "…",
  );
  return `${service} ${request.method} ${path}`;
}

/** Longer than the lease of a run that died, and than any replica of Entra lags behind. */
export const UNTIL_SOMEBODY_LOOKS = 20 * 60_000;

const PATIENCE = 30 * 60_000;

interface CrashingFlow {
  readonly flow: string;
  /** What holds whenever a function dies. */
  readonly promise: string;
  readonly when: CrashPoint["when"];
  /** The minimum number of kinds of calls in a run: with fewer, this test would cover too little. */
  readonly kinds: number;
  readonly make: () => Promise<{
    /** The functions' requests in a run without crashes. */
    readonly runCalmly: () => Promise<readonly string[]>;
    /** Lets a run suffer a crash and judges what is left. */
    readonly runDespiteCrash: (point: CrashPoint) => Promise<{ readonly crashed: boolean }>;
  }>;
}

/** A function dies around the first call of each kind (function and operation) that a run makes; at night around every call. */
export function describeCrashes({ flow, promise, when, kinds, make }: CrashingFlow): void {
  describe(`${flow}, when a function dies ${when} a request takes effect`, () => {
    it(promise, { timeout: PATIENCE }, async () => {
      const { runCalmly, runDespiteCrash } = await make();
      const points = crashPoints(await runCalmly(), when);
      expect(points.filter(({ nth }) => nth === 1).length).toBeGreaterThanOrEqual(kinds);
      for (const point of points)
        expect(await runDespiteCrash(point), JSON.stringify(point)).toEqual({ crashed: true });
    });
  });
}

function crashPoints(calls: readonly string[], when: CrashPoint["when"]): CrashPoint[] {
  const counts = new Map<string, number>();
  const all = calls.map((call) => {
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    return { call, nth, when };
  });
  return NIGHTLY ? all : all.filter(({ nth }) => nth === 1);
}
