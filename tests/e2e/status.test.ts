import { HealthDocument } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

/** A connected company on loopback. */
async function aConnectedCompany(): Promise<FlowHost> {
  const host = await aFlowHost({ speed: 100 });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return host;
}

describe("landbridge status", () => {
  it("says that nothing is known before the watch has run", async () => {
    const cli = cliOf(await aFlowHost({ speed: 100 }));
    expect(await cli.run("status")).toMatchObject({
      exitCode: 1,
      out: "",
      err: expect.stringContaining("--refresh") as string,
    });
  });

  it("runs the watch when asked to, and shows each concern and each finding with its remedy", async () => {
    const cli = cliOf(await aConnectedCompany());

    const refreshed = await cli.run("status", "--refresh");

    expect(refreshed, refreshed.err).toMatchObject({ exitCode: 2 });
    expect(refreshed.err).toContain("watch SUCCEEDED");
    expect(refreshed.out).toContain("1 warning");
    expect(refreshed.out).toMatch(/✓ SCIM token +good until \d{4}-\d\d-\d\d, 36\d days left/);
    expect(refreshed.out).toContain("! Warning ObjectsNotProvisioned");
    expect(refreshed.out).toContain("robot@small.example: the user has no surname in Entra");
    expect(refreshed.out).toMatch(/Remedy {2}In Entra, correct the attribute/);
    expect(await cli.run("status")).toMatchObject({
      exitCode: 2,
      out: expect.stringContaining("Checked") as string,
    });
  });

  it("gives the document itself to machines, and says by its exit code how bad it is", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);

    await cli.run("status", "--refresh");
    const status = await cli.run("status", "--json");

    expect(status, status.err).toMatchObject({ exitCode: 3 });
    const health = HealthDocument.parse(JSON.parse(status.out));
    expect(health.worst).toBe("critical");
    expect(health.concerns.flatMap(({ findings }) => findings.map(({ code }) => code))).toContain(
      "ScimTokenRefused",
    );
  });

  it("takes a mistyped flag for an error, not for a warning", async () => {
    expect(await runCli("status", "--refersh")).toMatchObject({ exitCode: 1 });
  });
});
