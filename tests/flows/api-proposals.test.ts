import { describe, expect, it } from "vitest";
import { apiAs } from "../support/api-caller.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

function proposing(host: FlowHost, who: string, body: object): Promise<Response> {
  return apiAs(host, who).fetch("/policy/proposals", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

describe("POST /policy/proposals", () => {
  it("keeps a policy in the name of the caller; sync-access puts it in force", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    await host.run("connect", {}, silent);

    const response = await proposing(host, "olivia", { policy: WITHOUT_AUDITORS });

    expect(response.status).toBe(201);
    const { hash, isInForce } = (await response.json()) as { hash: string; isInForce: boolean };
    expect(isInForce).toBe(false);
    const { objects, settings, records } = host.deps;
    expect(await objects.readText(settings.policyKey)).toBe(SMALL_POLICY);
    expect((await records.get("proposal", hash))?.value).toMatchObject({
      proposedBy: [expect.stringContaining("olivia")],
    });

    const input = { scope: "full", mode: "apply", proposal: hash };
    const { arn } = (await apiAs(host, "olivia").post("/flows/sync-access/executions", input)) as {
      arn: string;
    };
    await host.runtime.stepFunctions.untilEnded(arn);
    expect(await objects.readText(settings.policyKey)).toBe(WITHOUT_AUDITORS);
    const version = (await objects.currentVersion(settings.policyKey)) ?? "";
    expect((await records.get("policy-version", version))?.value).toMatchObject({
      writers: [expect.stringContaining("olivia")],
      executionArn: arn,
    });
  });

  it("refuses what is no policy with its place, what is too long, and the field that is missing", async () => {
    const host = await aFlowHost();
    const invalid = await proposing(host, "olivia", { policy: `${SMALL_POLICY}surprise: 1\n` });
    expect(invalid.status).toBe(422);
    expect(await invalid.json()).toMatchObject({
      title: "PolicyInvalid",
      detail: expect.stringMatching(/access\.yaml:15:1/) as string,
    });
    expect((await proposing(host, "olivia", { policy: "#".repeat(1_000_001) })).status).toBe(400);
    expect((await proposing(host, "olivia", { text: SMALL_POLICY })).status).toBe(400);
    expect(await host.deps.records.list("proposal")).toEqual([]);
  });
});
