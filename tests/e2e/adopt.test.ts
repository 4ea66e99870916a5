import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAccessPolicy } from "@landbridge/core";
import { OrganizationFile } from "@landbridge/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MadeSet, nobodysPolicy, workWithAnotherTool } from "../support/another-tool.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { cliOf, runCli } from "../support/run-cli.ts";
import { smallDirectory } from "../support/small-company.ts";

const EVERYTHING: MadeSet = {
  name: "Everything",
  description: "Has one of each",
  sessionDuration: "PT90M",
  relayState: "https://console.aws.amazon.com/s3/",
  tags: { team: "web" },
  managed: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
  customerManaged: [{ name: "own", path: "/team/" }, { name: "baseline" }],
  inline: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] },
  boundary: { CustomerManagedPolicyReference: { Name: "limit", Path: "/team/" } },
};

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

    const adopted = await cliOf(host).run("adopt", "--out", file);

    expect(adopted, adopted.err).toMatchObject({ exitCode: 0, out: `${file}: 2 rules\n` });
    const text = readFileSync(file, "utf8");
    // Interns are nested in Engineers: AWS has two groups.
    expect(text).toContain('- name: "Engineers and Interns: Builder everywhere, not in Management"');
    const plan = await cliOf(host).run("plan", "--policy", file);
    expect(plan.out).toContain("0 to create, 0 to delete, 8 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("reproduces what other tools made: users, every attachment, closed accounts, tags", async () => {
    const directory = smallDirectory();
    const accounts = ["Shop", "Billing", "Depot", "Fleet"].map((name) => ({ name, tags: { env: "prod" } }));
    const organization = OrganizationFile.parse({
      managementAccount: "Management",
      accounts: [{ name: "Management" }, ...accounts, { name: "Lab" }, { name: "Old" }, { name: "Attic" }],
    });
    const policy = nobodysPolicy(directory);
    const host = await aFlowHost({ speed: 50, organization, directory, policy });
    await host.run("connect", {}, silent);
    const all = host.sandbox.states.organization.accounts;
    const idOf = (name: string) => [...all.values()].find((account) => account.name === name)?.id ?? "";
    await workWithAnotherTool(host, {
      sets: [EVERYTHING, { name: "Look", managed: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
      assignments: [
        ...["Shop", "Billing", "Depot", "Fleet"].map(
          (name) => ["Everything", { group: "Engineers" }, idOf(name)] as const,
        ),
        ["Look", { user: "cleo@small.example" }, idOf("Lab")],
        ["Look", { user: "cleo@small.example" }, idOf("Old")],
        ["Look", { group: "Auditors" }, idOf("Lab")],
      ],
    });
    const old = all.get(idOf("Old"));
    if (old) all.set(old.id, { ...old, state: "SUSPENDED" });
    const file = join(folder, "access.yaml");

    const adopted = await cliOf(host).run("adopt", "--out", file);

    expect(adopted, adopted.err).toMatchObject({ exitCode: 0, out: `${file}: 2 rules\n` });
    expect(adopted.err).toMatch(/note: Account Old \(\d{12}\) is SUSPENDED: 1 assignment is left out\./);
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=access\.schema\.json\n/);
    expect(JSON.parse(readFileSync(join(folder, "access.schema.json"), "utf8"))).toMatchObject({
      title: "Access policy",
    });
    const { rules } = parseAccessPolicy(text, file);
    expect(rules).toMatchObject([
      { groups: ["Engineers"], permissionSets: ["Everything"], targets: { accountTags: { env: ["prod"] } } },
      { groups: ["Auditors"], users: ["cleo@small.example"], targets: { accounts: ["Lab"] } },
    ]);
    const plan = await cliOf(host).run("plan", "--policy", file);
    expect(plan.out, plan.err).toContain("0 to create, 0 to delete, 6 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
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
    const cli = cliOf(await aFlowHost({ speed: 100 }));
    const file = join(folder, "access.yaml");
    writeFileSync(file, "mine");

    const refused = await cli.run("adopt", "--out", file);

    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining("--force") as string });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(await cli.run("adopt", "--out", file, "--force")).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, "utf8")).toContain("rules: []");
  });

  it("names a variable that is missing and how to get it", async () => {
    const { variables } = await aFlowHost({ speed: 100 });
    const incomplete = { ...variables, LANDBRIDGE_TENANT_ID: undefined };
    const { exitCode, err } = await cliOf({ variables: incomplete }).run("adopt");
    expect(exitCode).toBe(2);
    expect(err).toContain("LANDBRIDGE_TENANT_ID");
    expect(err).toContain("--serve");
  });
});
