import { httpApiUrl } from "@landbridge/host/http-api";
import { readHealth } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf, runCli } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

/** A connected company on loopback whose policy wants two more assignments than exist. */
async function aCompanyBehind(): Promise<FlowHost> {
  const host = await aFlowHost({ speed: 50, policy: WITHOUT_AUDITORS });
  const [report] = await host.run("connect", {}, silent);
  expect(report, report?.cause ?? "").toMatchObject({ status: "SUCCEEDED" });
  expect(host.sandbox.assignments()).toHaveLength(6);
  await host.deps.objects.putText(host.deps.settings.policyKey, SMALL_POLICY);
  return host;
}

describe.each(["the account", "the API"])("landbridge pause and resume, through %s", (way) => {
  const over = ({ served }: FlowHost) => (way === "the API" ? ["--api", httpApiUrl(served?.url ?? "")] : []);

  it("keep runs from writing until the pause is over, and then access comes up to date by itself", async () => {
    const host = await aCompanyBehind();
    const cli = (...args: string[]) => cliOf(host).run(...over(host), ...args);

    const paused = await cli("pause", "--reason", "incident 7");
    expect(paused, paused.err).toMatchObject({ exitCode: 0 });
    expect(paused.out).toMatch(/^All runs are paused since \S+ by \S*sandbox\S*: incident 7\n$/);
    expect(paused.err).toContain("at most 15 operations");

    const apply = await cli("apply", "--yes");
    expect(apply.exitCode).toBe(1);
    expect(apply.err).toContain("incident 7");
    expect(apply.err).toContain("npm run landbridge -- resume");
    expect(host.sandbox.assignments()).toHaveLength(6);

    const status = await cli("status", "--refresh");
    expect(status.out).toMatch(/^! All runs are paused since \S+ by \S+: incident 7\n/);
    expect(status.out).toContain("SyncPaused");
    expect(JSON.stringify(await readHealth(host.deps))).toContain("sandbox: incident 7.");

    const resumed = await cli("resume");
    expect(resumed, resumed.err).toMatchObject({ exitCode: 0 });
    expect(resumed.out).toMatch(/^The pause since \S+ by \S+ is over: incident 7\n$/);
    expect(resumed.err).toContain("within about a minute");
    await expect.poll(() => host.sandbox.assignments().length, { timeout: 20_000 }).toBe(8);
    await expect.poll(() => host.deps.records.list("dirty"), { timeout: 20_000 }).toEqual([]);
  });

  it("are friendly when they are said twice", async () => {
    const host = await aFlowHost({ speed: 50 });
    const cli = (...args: string[]) => cliOf(host).run(...over(host), ...args);
    expect(await cli("resume")).toMatchObject({
      exitCode: 0,
      out: "There is no pause: nothing has changed.\n",
    });

    const first = await cli("pause", "--reason", "incident 7");
    const second = await cli("pause", "--reason", "me too");

    expect(second).toMatchObject({ exitCode: 0, out: first.out });
    expect(second.err).toContain("your reason was not stored");
    // Before the watch has ever run.
    expect(await cli("status")).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining("incident 7") as string,
    });
  });
});

describe("landbridge pause", () => {
  it.each([[], ["--reason", "  "]])("asks for a reason when it is given %j", async (...args: string[]) => {
    const { exitCode, err } = await runCli("pause", ...args);
    expect(exitCode).toBe(2);
    expect(err).toContain("--reason");
  });
});
