import type { SynchronizationStatus } from "@microsoft/microsoft-graph-types";
import { describe, expect, it } from "vitest";
import { broken, entraOn } from "../test-support/fake-graph.ts";

const SYNC = "/servicePrincipals/sp-1/synchronization";
const JOB = `GET ${SYNC}/jobs/job-1`;
const NEVER = "0001-01-01T00:00:00Z";

function job(status: Omit<SynchronizationStatus, "code"> & { code?: string }) {
  return {
    [JOB]: {
      id: "job-1",
      schedule: { state: "Disabled" },
      status: { code: "NotConfigured", steadyStateFirstAchievedTime: NEVER, quarantine: null, ...status },
    },
  };
}

describe("the provisioning job", () => {
  const created = Response.json({ id: "job-1" }, { status: 201 });
  const routes = (value: object[]) => ({
    [`GET ${SYNC}/templates`]: { value },
    [`POST ${SYNC}/jobs`]: created,
  });

  it.each([
    ["the default template", [{ id: "one" }, { id: "two", default: true }], "two"],
    ["the only template", [{ id: "one", default: false }], "one"],
  ])("is made from %s", async (_what, templates, templateId) => {
    const { provisioning, requests } = entraOn(routes(templates));
    expect(await provisioning.create("sp-1")).toBe("job-1");
    expect(requests[1]?.body).toEqual({ templateId });
  });

  it("is not made from a guess among several templates", async () => {
    const { provisioning } = entraOn(routes([{ id: "one" }, { id: "two" }]));
    await expect(provisioning.create("sp-1")).rejects.toMatchObject({
      name: "ProvisioningTemplateNotOffered",
      message: expect.stringContaining("one, two") as string,
    });
  });

  it("waits for a template that is not there yet", async () => {
    const { provisioning, clock } = entraOn({
      ...routes([]),
      [`GET ${SYNC}/templates`]: [{ value: [] }, { value: [{ id: "one" }] }],
    });
    expect(await provisioning.create("sp-1")).toBe("job-1");
    expect(clock.slept).toEqual([5_000]);
  });

  it("cannot be made of an application that offers no template", async () => {
    const { provisioning, requests } = entraOn(routes([]));
    await expect(provisioning.create("sp-1")).rejects.toMatchObject({
      name: "ProvisioningTemplateNotOffered",
    });
    expect(requests.some(({ what }) => what.startsWith("POST"))).toBe(false);
  });
});

describe("the status of the job", () => {
  it("of a new one has no cycle, no quarantine and no objects", async () => {
    const { provisioning } = entraOn(job({}));
    expect(await provisioning.readStatus("sp-1", "job-1")).toEqual({
      code: "NotConfigured",
      isScheduled: false,
      initialCycleAt: null,
      lastCycle: null,
      quarantine: null,
      users: 0,
      groups: 0,
    });
  });

  it("counts users and groups and tells when the first cycle was through", async () => {
    const { provisioning } = entraOn(
      job({
        code: "Active",
        steadyStateFirstAchievedTime: "2026-03-01T10:00:00Z",
        synchronizedEntryCountByType: [
          { key: "User to urn:ietf:params:scim:schemas:core:2.0:User", value: 12 },
          { key: "Group to urn:ietf:params:scim:schemas:core:2.0:Group", value: 3 },
        ],
      }),
    );
    expect(await provisioning.readStatus("sp-1", "job-1")).toMatchObject({
      code: "Active",
      initialCycleAt: "2026-03-01T10:00:00Z",
      users: 12,
      groups: 3,
    });
  });

  it.each([
    ["Succeeded", "2026-03-01T10:40:00Z", { state: "Succeeded", beganAt: "2026-03-01T10:40:00Z" }],
    ["Succeeded", NEVER, null],
  ])("tells how the last cycle went and when it began (%s at %s)", async (state, timeBegan, lastCycle) => {
    const lastExecution = { state, timeBegan } as NonNullable<SynchronizationStatus["lastExecution"]>;
    const { provisioning } = entraOn(job({ code: "Active", lastExecution }));
    expect(await provisioning.readStatus("sp-1", "job-1")).toMatchObject({ lastCycle });
  });

  it("carries Entra's own reason for a quarantine", async () => {
    const error = {
      code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
      message: "401",
    };
    const { provisioning } = entraOn(
      job({
        code: "Quarantine",
        quarantine: {
          reason: "EncounteredQuarantineException",
          currentBegan: "2026-03-01T11:00:00Z",
          seriesBegan: "2026-02-28T11:00:00Z",
          error,
        },
      }),
    );
    expect((await provisioning.readStatus("sp-1", "job-1")).quarantine).toEqual({
      beganAt: "2026-03-01T11:00:00Z",
      seriesBeganAt: "2026-02-28T11:00:00Z",
      reason: "EncounteredQuarantineException",
      ...error,
    });
  });

  it("is an incomplete read when its code is unknown", async () => {
    const { provisioning } = entraOn({ [JOB]: broken(job({ code: "Resting" })[JOB] ?? {}) });
    await expect(provisioning.readStatus("sp-1", "job-1")).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});
