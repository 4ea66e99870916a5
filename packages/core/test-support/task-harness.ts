import { MemoryRecords } from "./memory-records.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { FlowError } from "../src/errors.ts";
import type { FlowEventCode, FlowEvents } from "../src/events.ts";
import type { EndOfWait } from "../src/ports/flow-callbacks.ts";
import type { ExecutionStatus } from "../src/ports/executions.ts";
import type { TaskSubject } from "../src/tasks/task-kinds.ts";

/** How the waiting state ended. */
interface Outcome {
  readonly how: "succeeded" | "failed" | "timed out";
  readonly output?: unknown;
  readonly error?: string;
}

export const EXECUTION = "arn:aws:states:eu-central-1:111122223333:execution:connect:one";
const TOKEN = "AQCE-canary-token";

export const SCIM_TASK: TaskSubject = {
  kind: "scim-credentials",
  region: "eu-central-1",
  identityStoreId: "d-1234567890",
  secretName: "landbridge/scim-token",
};

/** Makes the ports asynchronous; tests may impose their own order on the calls. */
type Wrap = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => (...args: A) => Promise<R>;

/** One state that waits for {@link TOKEN}, in its own execution, and the ports around it. */
export function aWaitingFlow(wrap: Wrap = (call) => call) {
  const clock = new VirtualClock();
  const memory = new MemoryRecords();
  const seen: { code: FlowEventCode; payload: unknown }[] = [];
  const state: { outcome: Outcome | null; status: ExecutionStatus; beats: number } = {
    outcome: null,
    status: "RUNNING",
    beats: 0,
  };
  let ids = 0;
  let versions = 0;

  function end(taskToken: string, outcome: Outcome): void {
    if (taskToken !== TOKEN || state.outcome) throw new FlowError("TaskNotFound", "TaskTimedOut");
    state.outcome = outcome;
  }

  const ports = {
    clock,
    newId: () => `task-${(ids += 1)}`,
    events: {
      emit<C extends FlowEventCode>(code: C, payload: FlowEvents[C]) {
        seen.push({ code, payload });
      },
    },
    records: {
      get: wrap(memory.get.bind(memory)),
      list: wrap(memory.list.bind(memory)),
      put: wrap(memory.put.bind(memory)),
      remove: wrap(memory.remove.bind(memory)),
    },
    sealer: {
      seal: wrap(async (token: string) => `sealed ${token}`),
      unseal: wrap(async (sealed: string) => sealed.replace(/^sealed /, "")),
    },
    callbacks: {
      succeed: wrap(async (token: string, output: unknown) => end(token, { how: "succeeded", output })),
      fail: wrap(async (token: string, error: string) => end(token, { how: "failed", error })),
      beat: wrap(async (token: string) => {
        if (token !== TOKEN || state.outcome) throw new FlowError("TaskNotFound", "TaskTimedOut");
        state.beats += 1;
      }),
      endOfWait: wrap(async () => endOf(state.outcome)),
    },
    executions: {
      status: wrap(async () => state.status),
      start: () => Promise.reject(new Error("not here")),
      list: () => Promise.reject(new Error("not here")),
      read: () => Promise.reject(new Error("not here")),
      stop: () => Promise.reject(new Error("not here")),
    },
    scim: { probe: wrap(async () => undefined) },
    secrets: {
      add: wrap(async (name: string) => ({ name, versionId: `v${(versions += 1)}` })),
      read: () => Promise.reject(new Error("not here")),
      promote: () => Promise.reject(new Error("not here")),
    },
    tokenSupplier: { supply: async () => null },
  };
  return {
    ...ports,
    ports,
    state,
    seen,
    memory,
    waiting: { taskToken: TOKEN, executionArn: EXECUTION },
    /** As after TimeoutSeconds. */
    timeOut(): boolean {
      if (state.outcome) return false;
      state.outcome = { how: "timed out" };
      return true;
    },
    codes: () => seen.map(({ code }) => code),
  };
}

function endOf(outcome: Outcome | null): EndOfWait | null {
  if (outcome === null) return null;
  const { how, error = "" } = outcome;
  return { error: how === "succeeded" ? null : how === "failed" ? error : "States.Timeout" };
}

export type WaitingFlow = ReturnType<typeof aWaitingFlow>;
