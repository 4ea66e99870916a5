import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConnection } from "../connect/connection.ts";
import { isFlowError } from "../errors.ts";
import { answerTask, declineTask } from "./answer-task.ts";
import { expireTask } from "./expire-task.ts";
import { openTask } from "./open-task.ts";
import { readTask } from "./read-tasks.ts";
import { remindOperators } from "./remind-operators.ts";
import { aWaitingFlow, EXECUTION, SCIM_TASK, type WaitingFlow } from "./task-harness.ts";

const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";
const DEEDS = ["answer", "decline", "time out", "remind"] as const;
type Deed = (typeof DEEDS)[number];

/** What a person is told; null: it went through. */
type Told = string | null;

async function decide(deed: "answer" | "decline", who: string, flow: WaitingFlow): Promise<Told> {
  const ports = { ...flow.ports, answeredBy: who };
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

/** @param done whose decision went through, as they were told */
async function expectOneEnd(flow: WaitingFlow, done: readonly string[]): Promise<void> {
  const task = await readTask("task-1", flow.ports);
  const { how, output } = flow.state.outcome ?? {};
  if (how === "timed out") {
    expect(done).toEqual([]);
    expect(["expired", "withdrawn"]).toContain(task.status);
    return;
  }
  expect(done).toEqual([task.answeredBy]);
  expect(task.status).toBe(how === "succeeded" ? "answered" : "declined");
  if (how === "succeeded") expect((await readConnection(flow.records)).scim).toEqual(output);
  expect(flow.codes().filter((code) => code === "operator-task.answered")).toHaveLength(1);
}

describe("a task", () => {
  it("gives its flow one outcome, tells everybody else, and remembers it, in whatever order things happen", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...DEEDS), { minLength: 1, maxLength: 6 }),
        async (scheduler, deeds: Deed[]) => {
          let free = true;
          const flow = aWaitingFlow((call) => {
            const scheduled = scheduler.scheduleFunction(call);
            return (...args) => (free ? call(...args) : scheduled(...args));
          });
          await openTask(SCIM_TASK, flow.waiting, flow.ports);
          free = false;

          const told = new Map<string, Told>();
          const all = deeds.map(async (deed, index) => {
            const who = `person ${index}`;
            if (deed === "time out") return timeOut(flow);
            if (deed === "remind") return void (await remindOperators(flow.ports));
            told.set(who, await decide(deed, who, flow));
          });
          await scheduler.waitFor(Promise.all(all));
          free = true;

          for (const error of told.values())
            expect([null, "TaskAlreadyAnswered", "TaskExpired", "ConflictingOperation"]).toContain(error);
          const done = [...told].filter(([, error]) => error === null).map(([who]) => who);
          if (flow.state.outcome === null) expect(new Set(deeds)).toEqual(new Set(["remind"]));
          else await expectOneEnd(flow, done);
        },
      ),
      { numRuns: 500 },
    );
  });
});
