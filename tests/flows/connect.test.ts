import { answerTask, declineTask, readConnection, readTask } from "@landbridge/core";
import { answerAsOperator, awsConsole } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const WRITES = /^(Create|Put|Update|Delete|Attach|Detach|Provision)/;

describe("connect", () => {
  it("connects the tenant, provisions people and gives them their access", async () => {
    const host = await aFlowHost();

    const [connect, sync] = await host.run("connect", {}, silent);

    expect(connect).toMatchObject({ name: "connect", status: "SUCCEEDED", error: null });
    expect(sync).toMatchObject({
      name: "sync-access",
      status: "SUCCEEDED",
      output: { result: "complete", assignments: { desired: 8, created: 8, deleted: 0, failed: 0 } },
    });
    expect(host.sandbox.assignments()).toHaveLength(8);
    expect(
      host.sandbox
        .groups()
        .map((group) => group.attributes.displayName)
        .toSorted(),
    ).toEqual(["Auditors", "Engineers", "Interns"]);
    expect(
      host.sandbox
        .users()
        .map((user) => user.attributes.userName)
        .toSorted(),
    ).toEqual(["ada@small.example", "bo@small.example", "cleo@small.example"]);
    expect(await readConnection(host.deps.records)).toMatchObject({
      tenantId: host.sandbox.entra.credentials.tenantId,
    });
  });

  it("names who did not arrive, with Entra's reason", async () => {
    const host = await aFlowHost();

    await host.run("connect", {}, silent);

    const warnings = host.seen
      .filter(({ code }) => code === "warning.raised")
      .map(({ payload }) => JSON.stringify(payload));
    expect(warnings.join("\n")).toMatch(/robot@small\.example did not arrive in AWS/);
  });

  it("adopts everything when it runs again: no second application, certificate, job or assignment, no task but the sign-in", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    const before = host.sandbox.calls.calls.length;
    host.seen.length = 0;

    const [again] = await host.run("connect", {}, silent);

    expect(again?.status).toBe("SUCCEEDED");
    expect(
      host.sandbox.entra
        .applications()
        .filter((one) => one.application.displayName === "AWS IAM Identity Center"),
    ).toHaveLength(1);
    const counts = host.sandbox.calls.count(before);
    expect(Object.keys(counts["sso-admin"] ?? {}).filter((operation) => WRITES.test(operation))).toEqual([]);
    expect(
      Object.keys(counts["graph"] ?? {}).filter(
        (operation) =>
          /instantiate|addTokenSigning|appRoleAssignedTo$/.test(operation) && operation.startsWith("POST"),
      ),
    ).toEqual([]);
    const tasks = host.seen
      .filter(({ code }) => code === "operator-task.opened")
      .map(({ payload }) => (payload as { kind: string }).kind);
    expect(tasks).toEqual(["test-sign-in"]);
  });

  it("reports the quarantine with Entra's reason when AWS stops accepting the token", async () => {
    const host = await aFlowHost({
      invoke: async (name, _payload, handler) => {
        const result = await handler();
        // The token dies between Entra's test of it and the first cycle.
        if (name === "connect/configure-provisioning") {
          for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
        }
        return result;
      },
    });

    const [connect] = await host.run("connect", {}, silent);

    expect(connect).toMatchObject({ status: "FAILED", error: "ProvisioningQuarantined" });
    expect(connect?.cause).toContain("SystemForCrossDomainIdentityManagementCredentialValidationFailure");
    expect(host.sandbox.users()).toEqual([]);
    expect(host.sandbox.assignments()).toEqual([]);
  });

  it("keeps a task open when its answer is wrong, and continues with the right one", async () => {
    const refusals: string[] = [];
    const host = await aFlowHost({
      operator: async (running, task) => {
        const { subject } = await readTask(task.taskId, running.deps);
        const wrong = {
          "service-provider-metadata": { metadata: "<html/>" },
          "identity-source-change": { confirmation: "accept" },
          "scim-credentials": {
            endpoint: "https://scim.eu-central-1.amazonaws.com.evil.example/t/scim/v2",
            token: "canary-token",
          },
          "test-sign-in": {},
          "plan-approval": {},
        }[subject.kind as string];
        await answerTask(task.taskId, wrong, { ...running.deps, answeredBy: "operator" }).catch(
          (error: Error) => refusals.push(error.name),
        );
        await answerAsOperator(running, task);
      },
    });

    const [connect] = await host.run("connect", {}, silent);

    expect(connect?.status).toBe("SUCCEEDED");
    expect(refusals).toEqual(["MetadataInvalid", "AnswerRefused", "ScimEndpointRefused", "AnswerRefused"]);
  });

  it("refuses a token that AWS does not accept before Entra gets it", async () => {
    const errors: string[] = [];
    const host = await aFlowHost({
      operator: async (running, task) => {
        if (task.kind !== "scim-credentials") return answerAsOperator(running, task);
        const { endpoint } = await awsConsole(running).submit("provisioning", {});
        await answerTask(
          task.taskId,
          { endpoint, token: "canary-token" },
          { ...running.deps, answeredBy: "operator" },
        ).catch((error: Error) => errors.push(`${error.name} ${error.message}`));
        await declineTask(task.taskId, "no token that works", { ...running.deps, answeredBy: "operator" });
      },
    });

    const [connect] = await host.run("connect", {}, silent);

    expect(errors).toEqual([expect.stringMatching(/^ScimTokenRefused /)]);
    expect(errors.join()).not.toContain("canary-token");
    expect(connect).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(connect?.cause).toContain("no token that works");
    expect(host.sandbox.calls.count()["graph"]).not.toHaveProperty(
      "PUT /servicePrincipals/{id}/synchronization/secrets",
    );
  });

  it("lets a task be answered once only", async () => {
    const errors: string[] = [];
    const host = await aFlowHost({
      operator: async (running, task) => {
        await answerAsOperator(running, task);
        await answerTask(
          task.taskId,
          { confirmation: "ACCEPT" },
          { ...running.deps, answeredBy: "operator" },
        ).catch((error: Error) => errors.push(error.name));
      },
    });

    await host.run("connect", {}, silent);

    expect(new Set(errors)).toEqual(new Set(["TaskAlreadyAnswered"]));
  });
});
