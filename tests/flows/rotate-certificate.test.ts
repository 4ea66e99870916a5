import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { declineTask } from "@landbridge/core";
import { answerAsOperator, OPERATOR } from "@landbridge/host/scripted-operator";
import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import {
  certificatesOf,
  expectOneCertificate,
  signInRefusal,
  useCertificateOf,
  watchSignIn,
} from "../support/certificates.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { aConnectedHost, connectionOf, operatorWho, tasksOpened, tryAnswer } from "../support/rotation.ts";

const ALL_TASKS = ["certificate-upload", "test-sign-in", "old-certificate-removal"];
const DAY = 86_400_000;

/** Whether Entra publishes certificates before they are active is not documented. */
const activeCertificateOnly: Layer = (service, inner) => ({
  async fetch(request) {
    const response = await inner.fetch(request);
    if (service !== "login" || !request.url.includes("federationmetadata")) return response;
    const several = /(<KeyDescriptor.*?<\/KeyDescriptor>)(?:<KeyDescriptor.*?<\/KeyDescriptor>)+/g;
    return new Response((await response.text()).replaceAll(several, "$1"), response);
  },
});

describe("rotate-certificate", () => {
  it("does nothing while the certificate has 60 days or more", async () => {
    const { host, connection } = await aConnectedHost();

    const [report] = await host.run("rotate-certificate", {}, silent);

    expect(report).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "not-due", expiresAt: connection.certificateExpiresAt },
    });
    expect(tasksOpened(host)).toEqual([]);
  });

  it("replaces a certificate that is due, without an instant at which people cannot sign in", async () => {
    const signIn = watchSignIn();
    const { host, connection } = await aConnectedHost({ layers: [signIn.layer] });
    const old = await useCertificateOf(59, host, connection.application);
    signIn.watch(host);

    const [report] = await host.run("rotate-certificate", {}, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated", from: old } });
    expect(tasksOpened(host)).toEqual(ALL_TASKS);
    expect(signIn.gaps).toEqual([]);
    expect(await expectOneCertificate(host)).not.toBe(old);
    const { certificateExpiresAt } = await connectionOf(host);
    const days = (Date.parse(certificateExpiresAt) - host.deps.clock.now()) / DAY;
    expect(Math.round(days)).toBe(3 * 365);
  });

  it("does the same where Entra's metadata shows the active certificate only", async () => {
    const { host } = await aConnectedHost({ layers: [activeCertificateOnly] });

    const [report] = await host.run("rotate-certificate", { force: true }, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectOneCertificate(host);
  });

  it("leaves nothing for connect to ask but the test sign-in", async () => {
    const { host } = await aConnectedHost();
    await host.run("rotate-certificate", { force: true }, silent);
    host.seen.length = 0;

    const [connect] = await host.run("connect", {}, silent);

    expect(connect?.status).toBe("SUCCEEDED");
    expect(tasksOpened(host)).toEqual(["test-sign-in"]);
  });

  it("takes over a valid certificate that is there and inactive, instead of making another", async () => {
    const { host, connection } = await aConnectedHost();
    const expiresAt = new Date(host.deps.clock.now() + 400 * DAY).toISOString();
    const { applications } = host.deps;
    const there = await applications.addSigningCertificate(connection.application, {
      commonName: "made by hand",
      expiresAt,
    });

    const [report] = await host.run("rotate-certificate", { force: true }, silent);

    expect(report).toMatchObject({ output: { to: there.thumbprint } });
    expect(await expectOneCertificate(host)).toBe(there.thumbprint);
  });

  it("cannot do it the other way round: a certificate that AWS does not have locks people out", async () => {
    const { host, connection } = await aConnectedHost();
    const { applications, clock } = host.deps;
    const expiresAt = new Date(clock.now() + 400 * DAY).toISOString();
    const added = await applications.addSigningCertificate(connection.application, {
      commonName: "too early",
      expiresAt,
    });
    expect(signInRefusal(host)).toBeNull();

    await applications.activateSigningCertificate(connection.application, added.thumbprint);

    expect(signInRefusal(host)).toMatch(`${added.thumbprint}, which IAM Identity Center does not have`);
  });

  it("goes back to the old certificate when the test sign-in fails, and asks for everything again", async () => {
    let isHasty = true;
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "certificate-upload"(running, task) {
          if (!isHasty) return answerAsOperator(running, task);
          expect(await tryAnswer(running, task.taskId, { confirmation: "imported" })).toBe("AnswerRefused");
          // Says so without having done it.
          expect(await tryAnswer(running, task.taskId, { confirmation: "IMPORTED" })).toBe("accepted");
        },
      }),
    });
    const before = certificatesOf(host);

    const [failed] = await host.run("rotate-certificate", { force: true }, silent);

    expect(failed).toMatchObject({ status: "FAILED", error: "TestSignInFailed" });
    expect(failed?.cause).toContain(`Entra signs with ${before.active} again`);
    expect(failed?.cause).toContain("IAM Identity Center does not have");
    expect(certificatesOf(host)).toMatchObject({ active: before.active, aws: before.aws });
    expect(signInRefusal(host)).toBeNull();

    isHasty = false;
    host.seen.length = 0;
    const made = certificatesOf(host).entra.find((one) => one !== before.active);
    const [again] = await host.run("rotate-certificate", { force: true }, silent);
    expect(again).toMatchObject({ status: "SUCCEEDED", output: { from: before.active, to: made } });
    expect(tasksOpened(host)).toEqual(ALL_TASKS);
    await expectOneCertificate(host);
  });

  it("goes back, too, when nobody tries the sign-in for two weeks", async () => {
    let operator = operatorWho({});
    const { host } = await aConnectedHost({ operator: (...task) => operator(...task) });
    operator = operatorWho({ "test-sign-in": async () => undefined });
    const before = certificatesOf(host);

    const [report] = await host.run("rotate-certificate", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "TaskExpired" });
    expect(certificatesOf(host).active).toBe(before.active);
    expect(signInRefusal(host)).toBeNull();
  });

  it("asks again for the old certificate's removal only, when that was put off", async () => {
    let isPutOff = true;
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "old-certificate-removal"(running, task) {
          if (!isPutOff) return answerAsOperator(running, task);
          await declineTask(task.taskId, "not today", { ...running.deps, answeredBy: OPERATOR });
        },
      }),
    });

    const [first] = await host.run("rotate-certificate", { force: true }, silent);
    expect(first).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(certificatesOf(host)).toMatchObject({ entra: [certificatesOf(host).active] });
    expect(certificatesOf(host).aws).toHaveLength(2);

    isPutOff = false;
    host.seen.length = 0;
    const [second] = await host.run("rotate-certificate", {}, silent);
    expect(second).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["old-certificate-removal"]);
    await expectOneCertificate(host);
  });

  it("is left to the execution that rotates already", async () => {
    const outputs: unknown[] = [];
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "certificate-upload"(running, task) {
          const stateMachineArn = running.runtime.stateMachineArns.get("rotate-certificate");
          const { executionArn = "" } = await running.stepFunctions.send(
            new StartExecutionCommand({ stateMachineArn, input: "{}" }),
          );
          await running.runtime.stepFunctions.untilEnded(executionArn);
          outputs.push((await running.deps.executions.read(executionArn)).output);
          await answerAsOperator(running, task);
        },
      }),
    });

    const [report] = await host.run("rotate-certificate", { force: true }, silent);

    expect(report?.status).toBe("SUCCEEDED");
    expect(outputs).toEqual([expect.objectContaining({ result: "already-running" })]);
    expect(tasksOpened(host)).toEqual(ALL_TASKS);
  });

  it("needs a connection", async () => {
    const host = await aFlowHost();
    const [report] = await host.run("rotate-certificate", {}, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "NotConnected" });
  });
});
