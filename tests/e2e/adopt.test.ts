import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { runCli } from "../support/run-cli.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "adopt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("landbridge adopt", () => {
  it("writes a policy for what the account has; a plan with it is empty", async () => {
    const host = await aFlowHost({ speed: 100 });
    const [report] = await host.run("connect", {}, silent);
    expect(report?.status).toBe("SUCCEEDED");
    const file = join(folder, "access.yaml");

    const adopted = await runCli("adopt", "--out", file);

    expect(adopted, adopted.err).toMatchObject({ exitCode: 0, out: `${file}: 2 rules\n` });
    const text = readFileSync(file, "utf8");
    // Interns come through the nesting of Engineers: what AWS has is two groups.
    expect(text).toContain('- name: "Engineers and Interns: Builder everywhere, not in Management"');
    const plan = await runCli("plan", "--policy", file);
    expect(plan.out).toContain("0 to create, 0 to delete, 8 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("can be tried on a sandbox, and prints the policy where no file is named", async () => {
    const { exitCode, out, err } = await runCli("adopt", "--policy", "examples/access.yaml");
    expect(exitCode, err).toBe(0);
    expect(out).toMatch(/12 permission sets, 16 rules for 718 assignments\./);
    const file = join(folder, "access.yaml");
    writeFileSync(file, out);
    expect(await runCli("policy", "check", file)).toMatchObject({ exitCode: 0 });
  });

  it("does not overwrite a file unless told to", async () => {
    await aFlowHost({ speed: 100 });
    const file = join(folder, "access.yaml");
    writeFileSync(file, "mine");

    const refused = await runCli("adopt", "--out", file);

    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining("--force") as string });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(await runCli("adopt", "--out", file, "--force")).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, "utf8")).toContain("rules: []");
  });

  it("names a variable that is missing and how to get it", async () => {
    await aFlowHost({ speed: 100 });
    delete process.env["LANDBRIDGE_TENANT_ID"];
    const { exitCode, err } = await runCli("adopt");
    expect(exitCode).toBe(2);
    expect(err).toContain("LANDBRIDGE_TENANT_ID");
    expect(err).toContain("--serve");
  });
});
