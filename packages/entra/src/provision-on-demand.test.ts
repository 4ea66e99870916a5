import { describe, expect, it } from "vitest";
import { entraOn } from "../test-support/fake-graph.ts";

const JOB = "/servicePrincipals/sp-1/synchronization/jobs/job-1";
const SCHEMA = `GET ${JOB}/schema`;
const DEMAND = `POST ${JOB}/provisionOnDemand`;
const rule = (id: string, sourceObjectName: string) => ({ id, objectMappings: [{ sourceObjectName }] });
const routes = {
  [SCHEMA]: { synchronizationRules: [rule("rule-users", "User"), rule("rule-groups", "Group")] },
  [DEMAND]: { key: '{"result":"Success"}', value: "{}" },
};

describe("provisioning on demand", () => {
  it("brings a group with its members, by the rule for groups", async () => {
    const { provisioning, requests } = entraOn(routes);
    await provisioning.provisionGroup("sp-1", "job-1", "g-1", ["u-1", "u-2"]);
    const members = ["u-1", "u-2"].map((objectId) => ({ objectId, objectTypeName: "User" }));
    const subject = { objectId: "g-1", objectTypeName: "Group", links: { members } };
    expect(requests[1]?.body).toEqual({ parameters: [{ subjects: [subject], ruleId: "rule-groups" }] });
  });

  it("brings a user, by the rule for users", async () => {
    const { provisioning, requests } = entraOn(routes);
    await provisioning.provisionUser("sp-1", "job-1", "u-1");
    const subject = { objectId: "u-1", objectTypeName: "User" };
    expect(requests[1]?.body).toEqual({ parameters: [{ subjects: [subject], ruleId: "rule-users" }] });
  });

  it("refuses more than the five members that Entra takes", async () => {
    const { provisioning, requests } = entraOn(routes);
    const six = ["1", "2", "3", "4", "5", "6"];
    await expect(provisioning.provisionGroup("sp-1", "job-1", "g-1", six)).rejects.toMatchObject({
      name: "InvalidStepInput",
    });
    expect(requests).toEqual([]);
  });

  it("reads the schema once and sends five requests in ten seconds", async () => {
    const { provisioning, requests, clock } = entraOn(routes);
    for (let n = 0; n < 11; n += 1) await provisioning.provisionUser("sp-1", "job-1", `u-${n}`);
    expect(requests.filter(({ what }) => what === SCHEMA)).toHaveLength(1);
    expect(clock.slept).toEqual([10_000, 10_000]);
  });

  it.each([
    ['{"result":"Success","details":{}}', { result: "Success", code: null, reason: null }],
    [
      '{"result":"Skipped","details":{"errorCode":"NotEffectivelyEntitled","errorMessage":"not assigned"}}',
      { result: "Skipped", code: "NotEffectivelyEntitled", reason: "not assigned" },
    ],
    ['{"result":"Something","details":null}', { result: "Unknown", code: null, reason: null }],
    ["no JSON", { result: "Unknown", code: null, reason: null }],
  ])("says what Entra says of the object (%s)", async (key, outcome) => {
    const { provisioning } = entraOn({ ...routes, [DEMAND]: { key, value: "{}" } });
    expect(await provisioning.provisionUser("sp-1", "job-1", "u-1")).toEqual(outcome);
  });

  it("says so when the job does not provision groups", async () => {
    const { provisioning } = entraOn({ ...routes, [SCHEMA]: { synchronizationRules: [rule("r", "User")] } });
    await expect(provisioning.provisionGroup("sp-1", "job-1", "g-1", [])).rejects.toThrow(/type Group/);
  });
});
