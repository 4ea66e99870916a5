import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "./places.ts";
import { judge, target } from "../test-support/judge.ts";

const list = target("SWBExternalService.ListPermissionSets", { InstanceArn: "wrong" });
const unknown = target("SWBExternalService.MakeTea");
const refused = () => Response.json({ __type: "ValidationException", Message: "no" }, { status: 400 });
const answered = { answer: { PermissionSets: [] } };

function notImitated(): Response {
  return Response.json({ __type: "UnknownOperationException", Message: "not here" }, { status: 400 });
}

describe.skipIf(contractFolders.aws === null)(`the mode of a check (${WITHOUT_CONTRACTS.aws})`, () => {
  it("client: a wrong request is a violation, answered or refused", async () => {
    expect(await judge("sso-admin", list, answered)).not.toEqual([]);
    expect(await judge("sso-admin", list, { answer: refused() })).not.toEqual([]);
  });

  it("simulator: a wrong request may be refused, but not answered", async () => {
    expect(await judge("sso-admin", list, { answer: refused(), mode: "simulator" })).toEqual([]);
    const accepted = await judge("sso-admin", list, { ...answered, mode: "simulator" });
    expect(accepted[0]).toMatch(
      /^ListPermissionSets request \$\.InstanceArn: accepted what the contract refuses: must/,
    );
    expect(await judge("sso-admin", unknown, { answer: refused(), mode: "simulator" })).toEqual([]);
    expect(await judge("sso-admin", unknown, { mode: "simulator" })).not.toEqual([]);
  });

  it("simulator: a refusal must be right itself", async () => {
    const answer = Response.json({ __type: "MadeUpException" }, { status: 400 });
    expect(await judge("sso-admin", list, { answer, mode: "simulator" })).toEqual([
      "ListPermissionSets response $.__type: the operation declares no error MadeUpException",
    ]);
  });

  it("request: the answer may be anything", async () => {
    expect(await judge("sso-admin", list, { answer: "<html>", mode: "request" })).toHaveLength(2);
    const good = target("SWBExternalService.ListInstances");
    expect(await judge("sso-admin", good, { answer: "<html>", mode: "request" })).toEqual([]);
  });

  it("every mode lets a simulator say that it does not imitate something", async () => {
    expect(await judge("sso-admin", unknown, { answer: notImitated() })).toEqual([]);
    expect(await judge("sso-admin", unknown, { answer: notImitated(), mode: "simulator" })).toEqual([]);
    const notThere = Response.json({ error: { code: "NotImplemented", message: "no" } }, { status: 501 });
    expect(await judge("graph", { method: "GET", path: "/v1.0/me" }, { answer: notThere })).toEqual([]);
  });

  it("never repeats a value, which may be a secret", async () => {
    const body = {
      SecretId: "name",
      SecretString: { token: "canary-1" },
      VersionStages: ["canary-2".repeat(99)],
    };
    const answer = { VersionId: "canary-3", Extra: "canary-4" };
    const found = await judge("secretsmanager", target("secretsmanager.PutSecretValue", body), { answer });
    expect(found.length).toBeGreaterThan(3);
    expect(found.join("\n")).not.toContain("canary");
  });
});
