import { listOpenTasks } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aConnectedHost, expectSettled, operatorWho } from "../support/rotation.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

const later = async () => undefined;

/** On loopback, with a paused job: no cycle has to be waited for. */
async function aPausedCompany() {
  const { host, connection } = await aConnectedHost({
    speed: 100,
    operator: operatorWho({ "new-scim-token": later, "old-token-deletion": later }),
  });
  const { application, jobId } = connection;
  const jobs = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs`;
  await asAdministrator(host, "POST", `${jobs}/${jobId}/pause`);
  return host;
}

describe("landbridge rotate token", () => {
  it("says that nothing is due, and how to rotate nevertheless", async () => {
    const cli = cliOf(await aPausedCompany());
    const { exitCode, out, err } = await cli.run("rotate", "token");
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
    expect(out).toMatch(/^Nothing to do: the token that Entra uses has 36\d days left, until .*--force/);
  });

  it("says which task waits and how to answer it, joins the run there is, and says what came of it", async () => {
    const host = await aPausedCompany();
    const cli = cliOf(host);
    const first = await cli.run("rotate", "token", "--force", "--reason", "leak");
    expect(first).toMatchObject({ exitCode: 3, out: "" });
    const [task] = await listOpenTasks(host.deps);
    expect(first.err).toContain(`npm run landbridge -- tasks answer ${task?.id}`);

    const second = await cli.run("rotate", "token");
    expect(second).toMatchObject({ exitCode: 3 });
    expect(second.err).toContain(`Another execution is already rotating it: ${task?.executionArn}`);
    expect(await listOpenTasks(host.deps)).toHaveLength(1);

    await answerAsOperator(host, { taskId: task?.id ?? "", kind: "new-scim-token", title: "" });
    const third = await cli.run("rotate", "token");
    expect(third).toMatchObject({ exitCode: 3 });
    const [deletion] = await listOpenTasks(host.deps);
    expect(third.err).toContain(`Delete the leaked access token now`);
    await answerAsOperator(host, { taskId: deletion?.id ?? "", kind: "old-token-deletion", title: "" });
    const last = await cli.run("rotate", "token", "--json");
    expect(JSON.parse(last.out)).toMatchObject({ result: expect.stringMatching(/^(rotated|not-due)$/) });
    await expectSettled(host);
  });

  it("names what is wrong with its options", async () => {
    const { exitCode, err } = await runCli("rotate", "token", "--reason", "whim");
    expect(exitCode).toBe(2);
    expect(err).toContain("leak, notice, precaution");
  });
});
