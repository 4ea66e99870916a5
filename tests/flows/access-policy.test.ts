import { pauseSync, recentDeletions, resumeSync } from "@landbridge/core";
import { DirectoryFile } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY, smallDirectory } from "../support/small-company.ts";

const NAMED = `conventions:
  - pattern: "AWS-{account}-{permissionSet}"
    permissionSets: [Look]
`;

async function sync(host: FlowHost, policy: string) {
  await putPolicy(host, policy);
  const [run] = await host.run("sync-access", {}, silent);
  return run;
}

function permissionSets({ sandbox }: FlowHost) {
  const sets = [...sandbox.states.identityCenter.permissionSets.values()];
  return Object.fromEntries(
    sets.map(({ name, relayState, tags }) => [name, { relayState, tags: Object.fromEntries(tags) }]),
  );
}

function look(more: string): string {
  return SMALL_POLICY.replace("Look: {", `Look: { ${more}, `);
}

describe("the access policy in force", () => {
  it("gives permission sets relay state and tags, and takes tags away again", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    await sync(host, look("relayState: https://console.aws.amazon.com/s3, tags: { team: web, cost: '7' }"));
    expect(permissionSets(host)["Look"]).toEqual({
      relayState: "https://console.aws.amazon.com/s3",
      tags: { team: "web", cost: "7" },
    });
    await sync(host, look("tags: { team: ops }"));
    expect(permissionSets(host)["Look"]).toEqual({
      relayState: "https://console.aws.amazon.com/s3",
      tags: { team: "ops" },
    });
    await sync(host, SMALL_POLICY);
    expect(permissionSets(host)["Look"]?.tags).toEqual({ team: "ops" });
  });

  it("deletes a permission set that it made in the run in which the last assignment goes", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    await host.run("connect", {}, silent);
    const withoutLook = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors")).replace(
      / {2}Look: .*\n/,
      "",
    );

    expect(await sync(host, withoutLook)).toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { deleted: 2, failed: 0 } },
    });
    expect(Object.keys(permissionSets(host))).toEqual(["Builder"]);
    expect(await recentDeletions(host.deps)).toBe(2);
  });

  it("grants by the exact name of a group where a convention is switched on", async () => {
    const directory = smallDirectory();
    const groups = ["AWS-Playground-Look", "aws-shop-look", "AWS-Shop-Builder"].map((name) => ({
      name,
      users: ["cleo@small.example"],
    }));
    const host = await aFlowHost({
      directory: DirectoryFile.parse({ ...directory, groups: [...directory.groups, ...groups] }),
      policy: SMALL_POLICY + NAMED,
    });
    await host.run("connect", {}, silent);

    expect(host.sandbox.assignments()).toHaveLength(9);
    const warnings = host.seen.filter(({ code }) => code === "warning.raised").map(({ payload }) => payload);
    expect(JSON.stringify(warnings)).toContain("looks like AWS-Shop-Look and is granted nothing");
  });

  it("writes nothing while runs are paused, and continues afterwards", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    await host.run("connect", {}, silent);
    const withoutAuditors = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));
    await pauseSync({ reason: "incident 7", by: "olivia" }, host.deps);

    expect(await sync(host, withoutAuditors)).toMatchObject({ status: "FAILED", error: "SyncPaused" });
    expect(host.sandbox.assignments()).toHaveLength(8);
    await resumeSync(host.deps);
    expect(await sync(host, `${withoutAuditors}guardrails: { paused: true }\n`)).toMatchObject({
      status: "FAILED",
      error: "SyncPaused",
    });
    expect(await sync(host, withoutAuditors)).toMatchObject({ output: { assignments: { deleted: 2 } } });
  });
});
