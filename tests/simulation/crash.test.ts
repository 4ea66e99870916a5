import { listOpenTasks } from "@landbridge/core";
import { expect } from "vitest";
import { aCrashingHost, type CrashPoint, describeCrashes, UNTIL_SOMEBODY_LOOKS } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";

async function runCalmly(): Promise<readonly string[]> {
  const { host, calls } = await aCrashingHost(null);
  await host.run("connect", {}, silent);
  return calls();
}

/** Connects while a function dies at that point; runs again until it succeeds. */
async function runDespiteCrash(point: CrashPoint): Promise<{ readonly crashed: boolean }> {
  const { host, hasCrashed } = await aCrashingHost(point);
  const failures: unknown[] = [];
  for (;;) {
    const [report] = await host.run("connect", {}, silent);
    if (report?.status === "SUCCEEDED") break;
    failures.push(report?.cause);
    expect(failures, JSON.stringify(point)).toHaveLength(1);
    await host.deps.clock.sleep(UNTIL_SOMEBODY_LOOKS);
  }
  const { sandbox } = host;
  const assignments = sandbox.assignments();
  expect({
    point,
    assignments: assignments.length,
    distinct: new Set(assignments.map((one) => JSON.stringify(one))).size,
    applications: sandbox.entra
      .applications()
      .filter(({ application }) => application.displayName === "AWS IAM Identity Center").length,
    groups: sandbox.groups().length,
    openTasks: await listOpenTasks(host.deps),
  }).toEqual({
    point,
    assignments: 8,
    distinct: 8,
    applications: 1,
    groups: 3,
    openTasks: [],
  });
  await host.close();
  return { crashed: hasCrashed() };
}

// A crash before a request is a crash after the one before it.
describeCrashes({
  flow: "connect",
  promise: "leaves nothing that the next run does not put right",
  when: "after",
  kinds: 150,
  make: async () => ({ runCalmly, runDespiteCrash }),
});
