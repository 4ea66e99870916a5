import { functionName, readDefinition } from "@landbridge/cli/state-machines";
import { listOpenTasks } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const connectSteps = [...readDefinition("connect").matchAll(/"FunctionName": "\$\{(\w+)\}"/g)].map(
  ([, name = ""]) => functionName("connect", name),
);
const syncSteps = [
  "sync-access/apply-permission-sets",
  "sync-access/apply-assignments",
  "sync-access/publish-report",
];

describe.each([...connectSteps, ...syncSteps])("a crash right after the work of %s", (crashing) => {
  it("ends the run, and the next one converges without a duplicate", async () => {
    let crashes = 1;
    const host = await aFlowHost({
      invoke: async (name, _payload, handler) => {
        const result = await handler();
        if (name === crashing && crashes-- > 0) throw new Error("the process is gone");
        return result;
      },
    });

    const [first] = await host.run("connect", {}, silent);
    const [second] = await host.run("connect", {}, silent);

    expect(first?.status).toBe("FAILED");
    expect(second).toMatchObject({ status: "SUCCEEDED", error: null });
    const { assignments } = host.sandbox;
    expect(new Set(assignments().map((one) => JSON.stringify(one))).size).toBe(8);
    expect(assignments()).toHaveLength(8);
    const applications = host.sandbox.entra.applications();
    expect(
      applications.filter(({ application }) => application.displayName === "AWS IAM Identity Center"),
    ).toHaveLength(1);
    expect(host.sandbox.groups()).toHaveLength(3);
    await expect.poll(() => listOpenTasks(host.deps)).toEqual([]);
  });
});
