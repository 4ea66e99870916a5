import { httpApiUrl } from "@landbridge/cli/http-api";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { runCli } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

async function connected(): Promise<{ host: FlowHost; api: string }> {
  const host = await aFlowHost({ speed: 100 });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return { host, api: httpApiUrl(host.served?.url ?? "") };
}

describe("landbridge --api", () => {
  it("plans, applies, provisions and tells how things stand, without the account's own variables", async () => {
    const { host, api } = await connected();
    const variables = Object.keys(process.env).filter((name) => name.startsWith("LANDBRIDGE_"));
    const kept = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
    for (const name of variables) delete process.env[name];
    try {
      const plan = await runCli("plan", "--api", api);
      expect(plan, plan.err).toMatchObject({
        exitCode: 0,
        out: expect.stringContaining("8 unchanged") as string,
      });

      await host.deps.objects.putText(
        host.deps.settings.policyKey,
        SMALL_POLICY.replace("ou: [Workloads, Sandbox]", "ou: [Workloads]"),
      );
      const markdown = await runCli("plan", "--api", api, "--markdown");
      expect(markdown).toMatchObject({ exitCode: 2, out: expect.stringContaining("Playground") as string });
      const apply = await runCli("apply", "--api", api, "--yes");
      expect(apply, apply.err).toMatchObject({ exitCode: 0 });
      expect(host.sandbox.assignments()).toHaveLength(6);

      const provision = await runCli("provision", "--api", api, "ada@small.example");
      expect(provision, provision.err).toMatchObject({ exitCode: 0, out: "✓ ada@small.example is in AWS\n" });
      const status = await runCli("status", "--api", api, "--refresh", "--json");
      expect(JSON.parse(status.out)).toMatchObject({ version: 1 });
      expect(await runCli("tasks", "--api", api)).toMatchObject({
        exitCode: 0,
        out: "No operator task is open.\n",
      });
    } finally {
      Object.assign(process.env, kept);
    }
  });

  it("shows and declines a task of another person's flow", async () => {
    const host = await aFlowHost({ speed: 100, operator: () => Promise.resolve() });
    const api = httpApiUrl(host.served?.url ?? "");
    const arn = await host.deps.executions.start("connect", {});
    await expect
      .poll(async () => (await runCli("tasks", "--api", api)).out)
      .toContain("service-provider-metadata");
    const [task] = JSON.parse((await runCli("tasks", "--api", api, "--json")).out) as { id: string }[];
    const id = task?.id ?? "";
    expect((await runCli("tasks", "show", "--api", api, id)).out).toContain("Change identity source");
    const wrong = await runCli("tasks", "answer", "--api", api, id, "--confirm", "ACCEPT");
    expect(wrong).toMatchObject({ exitCode: 1, err: expect.stringContaining("WrongTask") as string });
    expect(await runCli("tasks", "decline", "--api", api, id, "--reason", "wrong tenant")).toMatchObject({
      exitCode: 0,
    });
    await expect.poll(() => host.deps.executions.status(arn)).toBe("FAILED");
  });

  it("is refused where a command looks at the account itself", async () => {
    expect(await runCli("doctor", "--api", "https://api.example")).toMatchObject({
      exitCode: 1,
      err: "--api: doctor looks at the account itself, not through the API\n",
    });
  });

  it("says which address cannot be reached, and that a sandbox may have been stopped", async () => {
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:4580");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { exitCode, err } = await runCli("tasks", "--api", "http://127.0.0.1:1");
    expect(err).toMatch(/^ServiceUnavailable: The API at http:\/\/127\.0\.0\.1:1 cannot be reached: ./);
    expect(err).toContain("AWS_ENDPOINT_URL leads to the sandbox at http://127.0.0.1:4580");
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
