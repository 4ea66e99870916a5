import type {
  ProvisionedIdentity,
  ProvisioningObjectSummary,
  ProvisioningResult,
} from "@microsoft/microsoft-graph-types";
import { describe, expect, it } from "vitest";
import { entraOn, refusal } from "../test-support/fake-graph.ts";

const LOG = "GET /auditLogs/provisioning";

function entry(
  objectId: string | null,
  minute: number,
  status: ProvisioningResult,
  more: ProvisionedIdentity = {},
): ProvisioningObjectSummary {
  return {
    activityDateTime: `2026-03-01T10:0${minute}:00Z`,
    sourceIdentity: { id: objectId, displayName: `Name of ${objectId}`, identityType: "User", ...more },
    provisioningStatusInfo: {
      status,
      errorInformation: status === "failure" ? { errorCode: "AttributeMissing", reason: "No surname" } : null,
    },
  };
}

function page(n: number) {
  const next = `https://graph.microsoft.com/v1.0/auditLogs/provisioning?$skiptoken=${n}`;
  return { value: [entry(`u-${n}`, 1, "failure")], ...(n < 6 && { "@odata.nextLink": next }) };
}

describe("provisioning failures", () => {
  it("are the objects whose last entry failed, with Entra's reason", async () => {
    const { provisioning, requests } = entraOn({
      [LOG]: {
        value: [
          entry("u-fixed", 1, "failure"),
          entry("u-fixed", 5, "success"),
          entry("g-broken", 6, "failure", { identityType: "Group" }),
          entry("g-broken", 2, "success", { identityType: "Group" }),
          entry("u-skipped", 3, "skipped"),
          entry(null, 4, "failure"),
        ],
      },
    });
    expect(await provisioning.listFailures("job-1")).toEqual([
      {
        objectId: "g-broken",
        displayName: "Name of g-broken",
        kind: "Group",
        code: "AttributeMissing",
        reason: "No surname",
      },
    ]);
    expect(requests[0]?.query["$filter"]).toBe("jobId eq 'job-1'");
  });

  it("come from every page, at five requests in ten seconds", async () => {
    const { provisioning, clock } = entraOn({ [LOG]: [1, 2, 3, 4, 5, 6].map(page) });
    expect(await provisioning.listFailures("job-1")).toHaveLength(6);
    expect(clock.slept).toEqual([10_000]);
  });

  it("need a licence that the tenant may lack", async () => {
    const code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
    const { provisioning } = entraOn({ [LOG]: refusal(403, code, "no premium license") });
    await expect(provisioning.listFailures("job-1")).rejects.toMatchObject({ name: "LicenceMissing" });
  });
});
