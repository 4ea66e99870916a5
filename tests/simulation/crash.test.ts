import { listOpenTasks } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aCrashingHost, UNTIL_SOMEBODY_LOOKS } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";

const CHUNK = 10;
const CHUNKS = Array.from({ length: 30 }, (_, index) => index * CHUNK + 1);

/** Connects while a function dies after its n-th request took effect; runs again until it succeeds. */
async function connectDespiteCrash(request: number): Promise<{ readonly crashed: boolean }> {
  const { host, requests } = await aCrashingHost({ request, when: "after" });
  const failures: unknown[] = [];
  for (;;) {
    const [report] = await host.run("connect", {}, silent);
    if (report?.status === "SUCCEEDED") break;
    failures.push(report?.cause);
    expect(failures, `request ${request}`).toHaveLength(1);
    await host.deps.clock.sleep(UNTIL_SOMEBODY_LOOKS);
  }
  const { sandbox } = host;
  const assignments = sandbox.assignments();
  expect({
    request,
    assignments: assignments.length,
    distinct: new Set(assignments.map((one) => JSON.stringify(one))).size,
    applications: sandbox.entra
      .applications()
      .filter(({ application }) => application.displayName === "AWS IAM Identity Center").length,
    groups: sandbox.groups().length,
    openTasks: await listOpenTasks(host.deps),
  }).toEqual({
    request,
    assignments: 8,
    distinct: 8,
    applications: 1,
    groups: 3,
    openTasks: [],
  });
  await host.close();
  return { crashed: requests() >= request };
}

describe("a function that dies right after a request took effect", () => {
  it.each(CHUNKS)("leaves nothing that the next run does not put right (from request %i)", async (first) => {
    for (let request = first; request < first + CHUNK; request += 1) {
      if (!(await connectDespiteCrash(request)).crashed) break;
    }
  });

  it("has died around every request there is", async () => {
    expect(await connectDespiteCrash(CHUNKS.length * CHUNK)).toEqual({ crashed: false });
  });
});
