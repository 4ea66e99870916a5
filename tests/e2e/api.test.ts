import { httpApiUrl } from "@landbridge/host/http-api";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { cliOf, runCli } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

async function connected(): Promise<{ host: FlowHost; api: string }> {
  const host = await aFlowHost({ speed: 100 });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return { host, api: httpApiUrl(host.served?.url ?? "") };
}

/** Command lines that know who calls, and nothing of the account. */
function cliWithoutAccount({ variables }: FlowHost) {
  const own = Object.entries(variables).filter(([name]) => !name.startsWith("LANDBRIDGE_"));
  return cliOf({ variables: Object.fromEntries(own) });
}

describe("landbridge --api", () => {
  it("plans, applies, provisions and tells how things stand, without the account's own variables", async () => {
    const { host, api } = await connected();
    const cli = cliWithoutAccount(host);
    const plan = await cli.run("plan", "--api", api);
    expect(plan, plan.err).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("8 unchanged") as string,
    });

    await putPolicy(host, SMALL_POLICY.replace("ou: [Workloads, Sandbox]", "ou: [Workloads]"));
    const markdown = await cli.run("plan", "--api", api, "--markdown");
    expect(markdown).toMatchObject({ exitCode: 2, out: expect.stringContaining("Playground") as string });
    const apply = await cli.run("apply", "--api", api, "--yes");
    expect(apply, apply.err).toMatchObject({ exitCode: 0 });
    expect(host.sandbox.assignments()).toHaveLength(6);

    const provision = await cli.run("provision", "--api", api, "ada@small.example");
    expect(provision, provision.err).toMatchObject({ exitCode: 0, out: "✓ ada@small.example is in AWS\n" });
    const status = await cli.run("status", "--api", api, "--refresh", "--json");
    expect(JSON.parse(status.out)).toMatchObject({ version: 1 });
    expect(await cli.run("tasks", "--api", api)).toMatchObject({
      exitCode: 0,
      out: "No operator task is open.\n",
    });
  });

  it("shows and declines a task of another person's flow", async () => {
    const host = await aFlowHost({ speed: 100, operator: () => Promise.resolve() });
    const api = httpApiUrl(host.served?.url ?? "");
    const cli = cliWithoutAccount(host);
    const arn = await host.deps.executions.start("connect", {});
    await expect
      .poll(async () => (await cli.run("tasks", "--api", api)).out)
      .toContain("service-provider-metadata");
    const [task] = JSON.parse((await cli.run("tasks", "--api", api, "--json")).out) as { id: string }[];
    const id = task?.id ?? "";
    expect((await cli.run("tasks", "show", "--api", api, id)).out).toContain("Change identity source");
    const wrong = await cli.run("tasks", "answer", "--api", api, id, "--confirm", "ACCEPT");
    expect(wrong).toMatchObject({ exitCode: 1, err: expect.stringContaining("WrongTask") as string });
    expect(await cli.run("tasks", "decline", "--api", api, id, "--reason", "wrong tenant")).toMatchObject({
      exitCode: 0,
    });
    await expect.poll(() => host.deps.executions.status(arn)).toBe("FAILED");
  });

  it("is refused where a command looks at the account itself", async () => {
    expect(await runCli("doctor", "--api", "https://api.example")).toMatchObject({
      exitCode: 1,
      err: "--api: doctor reads the account directly and cannot use the API\n",
    });
  });

  it("says which address cannot be reached, and that a sandbox may have been stopped", async () => {
    const variables = { AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: "http://127.0.0.1:4580" };
    const { exitCode, err } = await cliOf({ variables }).run("tasks", "--api", "http://127.0.0.1:1");
    expect(err).toMatch(/^ServiceUnavailable: The API at http:\/\/127\.0\.0\.1:1 cannot be reached: ./);
    expect(err).toContain("AWS_ENDPOINT_URL points to the sandbox at http://127.0.0.1:4580");
    expect(exitCode).toBe(1);
  });

  it.each([
    ["http://landbridge.example/v1", "expected https"],
    ["landbridge", "--api (LANDBRIDGE_API_URL): expected https"],
  ])("refuses the address %s", async (api, message) => {
    expect(await runCli("tasks", "--api", api)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(message) as string,
    });
  });
});
