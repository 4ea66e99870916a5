import { listOpenTasks } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { expectOneCertificate } from "../support/certificates.ts";
import type { FlowHost } from "../support/flow-host.ts";
import { aConnectedHost, operatorWho } from "../support/rotation.ts";
import { cliOf } from "../support/run-cli.ts";

const TASKS = ["certificate-upload", "test-sign-in", "old-certificate-removal"] as const;

/** On loopback, with its job paused, so that the clock has nothing to wait for; tasks of the rotation wait. */
async function aPausedCompany() {
  let isConnected = false;
  const { host, connection } = await aConnectedHost({
    speed: 100,
    operator: (running, task) => (isConnected ? Promise.resolve() : operatorWho({})(running, task)),
  });
  isConnected = true;
  const { application, jobId } = connection;
  const jobs = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs`;
  await asAdministrator(host, "POST", `${jobs}/${jobId}/pause`);
  return host;
}

async function openTask({ deps }: FlowHost) {
  const [task] = await listOpenTasks(deps);
  return { taskId: task?.id ?? "", kind: task?.subject.kind ?? "", title: "" };
}

describe("landbridge rotate certificate", () => {
  it("says that nothing is due, and how to rotate nevertheless", async () => {
    const cli = cliOf(await aPausedCompany());
    const { exitCode, out, err } = await cli.run("rotate", "certificate");
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
    expect(out).toMatch(/^Nothing to do: the signing certificate has 109\d days left, until .*--force/);
  });

  it("says which task waits, joins the run there is, and says what came of it", async () => {
    const host = await aPausedCompany();
    const cli = cliOf(host);
    for (const kind of TASKS) {
      const waiting = await cli.run("rotate", "certificate", "--force");
      expect(waiting).toMatchObject({ exitCode: 3, out: "" });
      const task = await openTask(host);
      expect(task.kind).toBe(kind);
      expect(waiting.err).toContain(`npm run landbridge -- tasks answer ${task.taskId}`);
      await answerAsOperator(host, task);
    }
    await expectOneCertificate(host);
    const last = await cli.run("rotate", "certificate", "--json");
    expect(JSON.parse(last.out)).toMatchObject({ result: expect.stringMatching(/^(rotated|not-due)$/) });
  });
});
