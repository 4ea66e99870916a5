import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf } from "../support/run-cli.ts";

async function aConnectedCompany(): Promise<FlowHost> {
  const host = await aFlowHost({ speed: 100 });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return host;
}

describe("landbridge provision", () => {
  it("brings a user, says who of a group is left behind, and means it by its exit code", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const user = host.sandbox.entra.directory.addUser({
      userPrincipalName: "eve@small.example",
      displayName: "Eve",
      givenName: "Eve",
      surname: "Example",
    });
    host.sandbox.entra
      .groups()
      .find(({ displayName }) => displayName === "Auditors")
      ?.userIds.add(user.id);

    const eve = await cli.run("provision", "eve@small.example");
    expect(eve, eve.err).toMatchObject({ exitCode: 0, out: "✓ eve@small.example is in AWS\n" });
    const auditors = await cli.run("provision", "Auditors", "--json");
    expect(auditors, auditors.err).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(auditors.out)).toMatchObject({ result: "arrived", members: { total: 2, arrived: 2 } });
    const robot = await cli.run("provision", "robot@small.example");
    expect(robot).toMatchObject({ exitCode: 1 });
    expect(robot.out).toContain("✗ robot@small.example was refused");
    expect(robot.out).toContain("no surname");
    expect(robot.out).toContain("Remedy");
  });

  it.each(["", "  "])("refuses the name %j before any flow starts", async (name) => {
    const host = await aFlowHost();
    expect(await cliOf(host).run("provision", name)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringContaining("The name is blank") as string,
    });
    expect(await host.deps.executions.list("provision")).toEqual([]);
  });

  it("says that nobody has the name", async () => {
    const cli = cliOf(await aConnectedCompany());
    expect(await cli.run("provision", "Engineer")).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringContaining('no group is named "Engineer"') as string,
    });
  });
});
