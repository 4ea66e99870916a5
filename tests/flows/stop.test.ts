import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { pauseSync, resumeSync } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY } from "../support/small-company.ts";
import { aBusyCompany, ALL_GROUPS, type BusyCompany } from "../support/busy-company.ts";

/** Longer than any operation takes. */
const UNTIL_ALL_HAS_ENDED = 60_000;
const TIMEOUT = 240_000;
/** The stops in one test, each at another poll of the worker, while access is granted and while it is removed. */
const STOPS = 20;
/** AWS's limit: assignment operations in progress at once. */
const UNDER_WAY = 15;

interface Stopped {
  readonly executionArn: string;
  /** How many groups have access by the policy. */
  readonly groups: number;
}

interface Way {
  readonly stop: (company: BusyCompany, run: Stopped) => Promise<void> | void;
  /** How the stopped execution ends. */
  readonly endsAs: { readonly status: string; readonly error?: string };
  /** Lets runs write again. @returns the ARN of the run that continues */
  readonly goOn: (company: BusyCompany, run: Stopped, stops: number) => Promise<string>;
}

function start({ host }: BusyCompany): Promise<string> {
  return host.deps.executions.start("sync-access", { scope: "full", mode: "apply" });
}

/** Every second time the stopped execution is redriven instead. */
async function startOrRedrive(
  company: BusyCompany,
  { executionArn }: Stopped,
  stops: number,
): Promise<string> {
  if (stops % 2 === 0) return start(company);
  await company.host.stepFunctions.send(new RedriveExecutionCommand({ executionArn }));
  return executionArn;
}

/** The run that the end of the pause starts. */
async function resume({ host }: BusyCompany): Promise<string> {
  const { executions, clock } = host.deps;
  const resumedAt = clock.now();
  await resumeSync(host.deps);
  for (;;) {
    await clock.sleep(1_000);
    const [newest] = await executions.list("sync-access");
    if (newest && Date.parse(newest.startedAt) > resumedAt) {
      expect(clock.now() - resumedAt).toBeLessThan(70_000);
      return newest.arn;
    }
  }
}

const WAYS: Readonly<Record<string, Way>> = {
  StopExecution: {
    stop: ({ host }, { executionArn }) => host.deps.executions.stop(executionArn, "enough"),
    endsAs: { status: "ABORTED" },
    goOn: startOrRedrive,
  },
  "a pause": {
    stop: async ({ host }) => void (await pauseSync({ reason: "incident 7", by: "olivia" }, host.deps)),
    endsAs: { status: "FAILED", error: "SyncPaused" },
    goOn: resume,
  },
  "a policy that pauses": {
    stop: (company, { groups }) => company.putPolicy(groups, "guardrails: { paused: true }\n"),
    endsAs: { status: "FAILED", error: "SyncPaused" },
    async goOn(company, run, stops) {
      await company.putPolicy(run.groups);
      return startOrRedrive(company, run, stops);
    },
  },
  "a proposed policy that pauses": {
    async stop({ host, propose }, { groups }) {
      const input = await propose(groups, "guardrails: { paused: true }\n");
      await host.deps.executions.start("sync-access", input);
    },
    endsAs: { status: "FAILED", error: "SyncPaused" },
    async goOn(company, run, stops) {
      await company.putPolicy(run.groups);
      return startOrRedrive(company, run, stops);
    },
  },
  "the death of the function": {
    stop: (company) => company.kill(),
    endsAs: { status: "FAILED" },
    goOn: startOrRedrive,
  },
};

function difference(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((member) => other.has(member)).length;
  return one.size + other.size - 2 * both;
}

/** A round grants everybody access or removes it, whatever stops it in between: each operation once, and no other. */
function expectWholeRound(company: BusyCompany, groups: number): void {
  const writes = company.takeWrites();
  expect(new Set(writes).size, "operations twice").toBe(writes.length);
  expect(writes.filter((write) => write.startsWith(groups === 0 ? "Create" : "Delete"))).toEqual([]);
  expect(company.isAsWanted(groups)).toBe(true);
}

describe.each(Object.entries(WAYS))("a run that %s stops", (_, way) => {
  it(
    `starts nothing more, wherever it is, and what follows ends where it would have (${STOPS} polls)`,
    {
      timeout: TIMEOUT,
    },
    async () => {
      const company = await aBusyCompany();
      const { clock, executions } = company.host.deps;
      let groups = ALL_GROUPS;
      await company.putPolicy(groups);
      let executionArn = await start(company);
      for (let stops = 0; stops < STOPS;) {
        const poll = 1 + ((stops * 3) % 8);
        const where = `stop ${stops}, at poll ${poll}`;
        const stopped = { executionArn, groups };
        let before: ReadonlySet<string> | null = null;
        company.atPoll(poll, async () => {
          before = company.assignments();
          await way.stop(company, stopped);
        });
        await company.host.runtime.stepFunctions.untilEnded(executionArn);
        if (before === null) {
          // It was through before that poll.
          expectWholeRound(company, groups);
          groups = ALL_GROUPS - groups;
          await company.putPolicy(groups);
          executionArn = await start(company);
          continue;
        }
        await clock.sleep(UNTIL_ALL_HAS_ENDED);
        expect(await executions.read(executionArn), where).toMatchObject(way.endsAs);
        expect(difference(before, company.assignments()), where).toBeLessThanOrEqual(UNDER_WAY);
        stops += 1;
        executionArn = await way.goOn(company, stopped, stops);
      }
      await company.host.runtime.stepFunctions.untilEnded(executionArn);
      expect(await executions.read(executionArn)).toMatchObject({ status: "SUCCEEDED" });
      expectWholeRound(company, groups);
    },
  );
});

describe("a pause that ends before the run writes", () => {
  it("ends the run that was checked during it: its plan has passed no limit", async () => {
    let isPaused = false;
    const host = await aFlowHost({
      async invoke(name, _payload, handler) {
        if (!isPaused || name !== "sync-access/check-guardrails") return handler();
        await pauseSync({ reason: "incident 7", by: "olivia" }, host.deps);
        try {
          return await handler();
        } finally {
          await resumeSync(host.deps);
        }
      },
    });
    await host.run("connect", {}, silent);
    await putPolicy(host, SMALL_POLICY.replace("groups: [Auditors]", "groups: [Interns]"));
    isPaused = true;
    const before = host.sandbox.assignments();
    const [run] = await host.run("sync-access", {}, silent);
    expect(run).toMatchObject({ status: "FAILED", error: "SyncPaused" });
    expect(host.sandbox.assignments()).toEqual(before);
  });
});
