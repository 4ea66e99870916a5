import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConnection } from "../connect/connection.ts";
import { FlowError, isFlowError } from "../errors.ts";
import { answerTask, declineTask } from "./answer-task.ts";
import { expireTask } from "./expire-task.ts";
import { openTask } from "./open-task.ts";
import { readTask } from "./read-tasks.ts";
import { remindOperators } from "./remind-operators.ts";
import { aWaitingFlow, EXECUTION, SCIM_TASK, type WaitingFlow } from "../../test-support/task-harness.ts";

const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";
const DEEDS = ["answer", "decline", "time out", "remind"] as const;
type Deed = (typeof DEEDS)[number];

/**
 * What happens to a call of Step Functions. `repeated`: its answer is lost, and the SDK's repetition is refused. `unheard`:
 * all answers are lost. `unsent`: it never arrives.
 */
const FATES = ["heard", "heard", "repeated", "unheard", "unsent"] as const;
type Fate = (typeof FATES)[number];

function suffering(callbacks: WaitingFlow["callbacks"], fate: Fate, arrived: () => void) {
  const suffer = async (call: () => Promise<void>) => {
    if (fate !== "unsent") {
      await call();
      arrived();
    }
    if (fate === "repeated") throw new FlowError("TaskNotFound", "TaskTimedOut");
    if (fate !== "heard") throw new FlowError("ServiceUnavailable", "no answer");
  };
  return {
    ...callbacks,
    succeed: (token: string, output: unknown) => suffer(() => callbacks.succeed(token, output)),
    fail: (token: string, error: string) => suffer(() => callbacks.fail(token, error)),
  };
}

/** The error that a person sees; null: success. */
type Told = string | null;
const REFUSALS: readonly Told[] = [
  null,
  "TaskAlreadyAnswered",
  "TaskExpired",
  "ConflictingOperation",
  "ServiceUnavailable",
];

interface Person {
  readonly who: string;
  readonly fate: Fate;
  readonly arrived: () => void;
}

async function decide(deed: "answer" | "decline", person: Person, flow: WaitingFlow): Promise<Told> {
  const { who, fate, arrived } = person;
  const ports = {
    ...flow.ports,
    answeredBy: who,
    callbacks: suffering(flow.callbacks, fate, arrived),
  };
  const decision =
    deed === "answer"
      ? answerTask("task-1", { endpoint: ENDPOINT, token: `token of ${who}` }, ports)
      : declineTask("task-1", "no", ports);
  return decision.then(
    () => null,
    (error: unknown) => {
      if (isFlowError(error)) return error.name;
      throw error;
    },
  );
}

async function timeOut(flow: WaitingFlow): Promise<void> {
  if (!flow.timeOut()) return;
  await expect(expireTask(EXECUTION, flow.ports)).rejects.toMatchObject({ name: "TaskExpired" });
}

/** @param arrived whose decisions reached the flow, according to the flow */
async function expectOneEnd(
  flow: WaitingFlow,
  arrived: readonly string[],
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const done = [...told].filter(([, error]) => error === null).map(([who]) => who);
  const task = await readTask("task-1", flow.ports);
  const { how, output } = flow.state.outcome ?? {};
  if (how === "timed out") {
    expect([done, arrived]).toEqual([[], []]);
    expect(["expired", "withdrawn"]).toContain(task.status);
    return;
  }
  expect(arrived).toEqual([task.answeredBy]);
  // A caller without an answer does not know the result.
  expect(done).toEqual(arrived.filter((who) => told.get(who) !== "ServiceUnavailable"));
  expect(task.status).toBe(how === "succeeded" ? "answered" : "declined");
  if (how === "succeeded") expect((await readConnection(flow.records)).scim).toEqual(output);
  expect(flow.codes().filter((code) => code === "operator-task.answered")).toHaveLength(1);
}

describe("a task", () => {
  it("gives its flow one outcome, tells everybody else, and remembers it, in whatever order things happen and whichever answers of Step Functions are lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.constantFrom(...DEEDS), fc.constantFrom(...FATES)), {
          minLength: 1,
          maxLength: 6,
        }),
        async (scheduler, deeds: [Deed, Fate][]) => {
          let free = true;
          const flow = aWaitingFlow((call) => {
            const scheduled = scheduler.scheduleFunction(call);
            return (...args) => (free ? call(...args) : scheduled(...args));
          });
          await openTask(SCIM_TASK, flow.waiting, flow.ports);
          free = false;

          const told = new Map<string, Told>();
          const arrivals: string[] = [];
          const all = deeds.map(async ([deed, fate], index) => {
            const who = `person ${index}`;
            if (deed === "time out") return timeOut(flow);
            if (deed === "remind") return void (await remindOperators(flow.ports));
            told.set(who, await decide(deed, { who, fate, arrived: () => arrivals.push(who) }, flow));
          });
          await scheduler.waitFor(Promise.all(all));
          free = true;

          // Settles the calls without an answer.
          await remindOperators(flow.ports);

          for (const error of told.values()) expect(REFUSALS).toContain(error);
          if (flow.state.outcome !== null) return expectOneEnd(flow, arrivals, told);
          expect(await readTask("task-1", flow.ports)).toMatchObject({ status: "open" });
          expect([...told.values()]).not.toContain(null);
          if (told.size > 0) expect([...told.values()]).toContain("ServiceUnavailable");
        },
      ),
      { numRuns: 1000 },
    );
  });
});
