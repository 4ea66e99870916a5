import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { readTask, taskGuide } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import {
  aConnectedHost,
  awsAccepts,
  connectionOf,
  expectSettled,
  generateToken,
  operatorWho,
  tasksOpened,
  tokenOfEntra,
  tryAnswer,
  watchTokens,
} from "../support/rotation.ts";

const DAY = 86_400_000;

describe("rotate-token", () => {
  it("does nothing while the token has 60 days or more, but for trying it", async () => {
    const { host, connection } = await aConnectedHost();
    const calls = host.sandbox.calls.calls.length;

    const [report] = await host.run("rotate-token", {}, silent);

    expect(report).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "not-due", daysLeft: 364, expiresAt: connection.scim.expiresAt },
    });
    expect(tasksOpened(host)).toEqual([]);
    expect(host.sandbox.calls.count(calls)).not.toHaveProperty("graph");
  });

  it("replaces a token that leaked, and deletes it right after Entra works with the new one", async () => {
    const tokens = watchTokens();
    const { host } = await aConnectedHost({ layers: [tokens.layer] });
    tokens.watch(host);
    const leaked = tokenOfEntra(host);

    const [report] = await host.run("rotate-token", { reason: "leak", requestedBy: "Ada" }, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["new-scim-token", "old-token-deletion"]);
    const titles = host.seen.flatMap(({ payload }) => (payload as { title?: string }).title ?? []);
    expect(titles).toEqual([
      "Generate a new access token for the one that leaked",
      "Delete the leaked access token now",
    ]);
    expect(awsAccepts(host, leaked)).toBe(false);
    expect(tokens.gaps).toEqual([]);
    await expectSettled(host);
  });

  it("says which of two tokens to delete before a new one can be made, and keeps the one that Entra uses", async () => {
    const guides: string[] = [];
    const { host, connection } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, task) {
          const { subject } = await readTask(task.taskId, running.deps);
          guides.push(taskGuide(subject).steps.join("\n"));
          await answerAsOperator(running, task);
        },
      }),
    });
    await host.deps.clock.sleep(10 * DAY);
    const byHand = await generateToken(host);

    const [report] = await host.run("rotate-token", { force: true }, silent);

    const day = connection.scim.expiresAt.slice(0, 10);
    expect(guides.join()).toContain(`first delete the one that does not expire on ${day}`);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(awsAccepts(host, byHand.token)).toBe(false);
    await expectSettled(host);
  });

  it("takes a token that somebody has put into the secret as CANDIDATE, due or not, and asks for none", async () => {
    const { host, connection } = await aConnectedHost();
    const { token } = await generateToken(host);
    const secretsManager = new SecretsManagerClient(host.client);
    await secretsManager.send(
      new PutSecretValueCommand({
        SecretId: connection.scim.secret.name,
        SecretString: token,
        VersionStages: ["CANDIDATE"],
      }),
    );

    const [report] = await host.run("rotate-token", {}, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["old-token-deletion"]);
    expect(tokenOfEntra(host)).toBe(token);
    await expectSettled(host);
  });

  it("takes no CANDIDATE that is the token in use: the old one to delete would be the new one", async () => {
    const { host, connection } = await aConnectedHost();
    await host.deps.secrets.add(connection.scim.secret.name, tokenOfEntra(host));

    const [report] = await host.run("rotate-token", {}, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "not-due" } });
    expect(tasksOpened(host)).toEqual([]);
    await expectSettled(host);
  });

  it("fixes a connection whose token has ended: the job leaves its quarantine, and there is nothing to delete", async () => {
    const { host, connection } = await aConnectedHost();
    const { application, jobId } = connection;
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
    await host.deps.clock.sleep(DAY);
    const readStatus = () => host.deps.provisioning.readStatus(application.servicePrincipalId, jobId);
    expect(await readStatus()).toMatchObject({ code: "Quarantine" });

    const [report] = await host.run("rotate-token", {}, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["new-scim-token"]);
    expect(await readStatus()).toMatchObject({ code: "Active", quarantine: null });
    await expectSettled(host);
  });

  it("leaves a paused job paused, and says that no cycle has proven the token", async () => {
    const { host, connection } = await aConnectedHost();
    const { application, jobId } = connection;
    const jobs = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs`;
    await asAdministrator(host, "POST", `${jobs}/${jobId}/pause`);

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(JSON.stringify(host.seen)).toContain("Provisioning is paused in Entra");
    expect(await host.deps.provisioning.readStatus(application.servicePrincipalId, jobId)).toMatchObject({
      code: "Paused",
    });
  });

  it("is said to need connect first", async () => {
    const host = await aFlowHost();
    const [report] = await host.run("rotate-token", { force: true }, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "NotConnected" });
  });

  it("refuses an input with a misspelt field instead of overlooking it", async () => {
    const { host } = await aConnectedHost();
    const [report] = await host.run("rotate-token", { forse: true }, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "InvalidStepInput" });
  });
});

describe("rotate-token, started several times", () => {
  it("runs once: the others end at once and name the one that runs", async () => {
    const { host } = await aConnectedHost();
    const stateMachineArn = host.runtime.stateMachineArns.get("rotate-token");
    const start = () =>
      host.stepFunctions.send(new StartExecutionCommand({ stateMachineArn, input: '{"force":true}' }));

    const started = await Promise.all([start(), start(), start()]);

    const arns = started.map(({ executionArn = "" }) => executionArn);
    await Promise.all(arns.map((arn) => host.runtime.stepFunctions.untilEnded(arn)));
    const ends = await Promise.all(arns.map((arn) => host.deps.executions.read(arn)));
    const outputs = ends.map(({ output }) => output as { result: string; executionArn?: string });
    const winner = ends.find((_, index) => outputs[index]?.result === "rotated")?.arn;
    expect(winner).toBeDefined();
    const others = outputs.filter(({ result }) => result === "already-running");
    expect(others).toEqual([
      { result: "already-running", executionArn: winner },
      { result: "already-running", executionArn: winner },
    ]);
    expect(tasksOpened(host)).toEqual(["new-scim-token", "old-token-deletion"]);
    await expectSettled(host);
  });

  it("waits for the operator over days while the daily check leaves it alone", async () => {
    const checks: unknown[] = [];
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, task) {
          await running.deps.clock.sleep(3 * DAY);
          const [report] = await running.run("rotate-token", {}, silent);
          checks.push(report?.output);
          await answerAsOperator(running, task);
        },
      }),
    });

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(checks).toEqual([{ result: "already-running", executionArn: report?.executionArn }]);
  });

  it("asks again on the day after nobody answered, and Entra keeps its token meanwhile", async () => {
    let answers = 0;
    const { host, connection } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, task) {
          answers += 1;
          if (answers > 1) await answerAsOperator(running, task);
        },
      }),
    });

    const [expired] = await host.run("rotate-token", { force: true }, silent);
    expect(expired).toMatchObject({ status: "FAILED", error: "TaskExpired" });
    expect((await connectionOf(host)).scim).toEqual(connection.scim);
    await expectSettled(host);

    const [again] = await host.run("rotate-token", { force: true }, silent);
    expect(again).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectSettled(host);
  });

  it("continues with the token that a run was given which then failed", async () => {
    let crash = true;
    const { host } = await aConnectedHost({
      async invoke(name, _payload, handler) {
        if (name === "rotate-token/verify-provisioning" && crash) throw new Error("the process is gone");
        return handler();
      },
    });
    const [first] = await host.run("rotate-token", { force: true }, silent);
    expect(first).toMatchObject({ status: "FAILED" });
    expect(first?.cause).toContain("Entra has the previous token again");
    crash = false;
    host.seen.length = 0;

    const [second] = await host.run("rotate-token", {}, silent);

    expect(second).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["old-token-deletion"]);
    await expectSettled(host);
  });

  it("takes a token that was put into the secret while the task was open", async () => {
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, { taskId }) {
          expect(await tryAnswer(running, taskId, { newToken: "CANDIDATE" })).toBe("ScimTokenInUse");
          const { token } = await generateToken(running);
          await running.deps.secrets.add("landbridge/scim-token", token);
          expect(await tryAnswer(running, taskId, { newToken: "CANDIDATE" })).toBe("accepted");
        },
      }),
    });
    const [report] = await host.run("rotate-token", { force: true }, silent);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectSettled(host);
  });
});
