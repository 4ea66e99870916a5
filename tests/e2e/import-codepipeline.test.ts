import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type MadeAssignment, type MadeSet, workWithAnotherTool } from "../support/another-tool.ts";
import { aFolder, connectedSandbox, imported } from "../support/imported.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

const PUBLISHED = fileURLToPath(
  new URL("../../../shared/fixtures/codepipeline-auto-assignment", import.meta.url),
);
const absent = !existsSync(PUBLISHED);
const why = absent ? " (skipped: ../shared/fixtures is not next to this repository)" : "";

const AWS = "arn:aws:iam::aws:policy/";

/** What the sample makes of its permission-set files, written by hand. */
const SETS: readonly MadeSet[] = [
  { name: "1-example-admin", sessionDuration: "PT12H", managed: [`${AWS}AdministratorAccess`] },
  { name: "2-example-readonly", managed: [`${AWS}SecurityAudit`] },
  { name: "3-example-billing" },
  {
    name: "4-example-operations",
    managed: [`${AWS}job-function/SupportUser`, `${AWS}CloudWatchLogsReadOnlyAccess`],
  },
  {
    name: "5-example-sec-readonly",
    description: "5-example-security-readonly",
    managed: [`${AWS}CloudWatchEventsReadOnlyAccess`, `${AWS}AWSSupportAccess`],
    customerManaged: [
      { name: "customer-managed-policy-1", path: "/IAM-path-example/" },
      { name: "customer-managed-policy-2" },
    ],
  },
  {
    name: "6-example-cx-managed-boundary",
    description: "Example permission set with customer managed boundary policy",
    sessionDuration: "PT12H",
    managed: [`${AWS}job-function/ViewOnlyAccess`],
    boundary: { CustomerManagedPolicyReference: { Name: "testPermissionBoundary", Path: "/" } },
  },
  {
    name: "7-example-aws-managed-boundary",
    description: "Example permission set with AWS managed boundary policy",
    sessionDuration: "PT12H",
    managed: [`${AWS}PowerUserAccess`],
    boundary: { ManagedPolicyArn: `${AWS}job-function/ViewOnlyAccess` },
  },
];

describe.skipIf(absent)(`landbridge import codepipeline, of the mappings as published${why}`, () => {
  it("has an empty plan where the sample has done its work, and names both permission sets that lead nowhere", async () => {
    const result = await imported("codepipeline", PUBLISHED);
    expect(result.notes.filter((note) => note.includes("no file of permission-sets defines"))).toEqual([
      expect.stringMatching(
        /^target-mapping\.json:32:10: .*"6-example-cx-managed-policy-boundary" \(did you mean "6-example-cx-managed-boundary"\?\)/,
      ),
      expect.stringMatching(
        /^target-mapping\.json:51:10: .*"7-example-aws-managed-policy-boundary" \(did you mean "7-example-aws-managed-boundary"\?\)/,
      ),
    ]);

    const host = await connectedSandbox(result);
    const { accounts, managementAccountId } = host.sandbox.states.organization;
    const all = [...accounts.values()].filter(({ id }) => id !== managementAccountId);
    const idOf = (name: string) => all.find((account) => account.name === name)?.id ?? name;
    const everywhere = (group: string, set: string) =>
      all.map(({ id }): MadeAssignment => [set, { group }, id]);
    await workWithAnotherTool(host, {
      sets: SETS.map((set) => ({ ...set, ...published(set.name) })),
      assignments: [
        ...everywhere("Example_Group_1", "1-example-admin"),
        ...everywhere("Example_Group_2", "2-example-readonly"),
        ...everywhere("Example_Group_3", "3-example-billing"),
        ["4-example-operations", { group: "Example_Group_4" }, idOf("Sandbox example")],
        ["5-example-sec-readonly", { group: "Example_Group_5" }, idOf("Audit")],
        ["5-example-sec-readonly", { group: "Example_Group_5" }, "098765432101"],
      ],
    });

    const plan = await cliOf(host).run("plan", "--policy", result.access);
    expect(plan.out, plan.err).toContain("0 to create, 0 to delete, 12 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
  });
});

/** Tags and inline policy as the file has them: JSON is JSON. */
function published(name: string): Partial<MadeSet> {
  const file = readFileSync(join(PUBLISHED, "permission-sets", `${name}.json`), "utf8");
  const { Description, Tags, InlinePolicies } = JSON.parse(file) as {
    readonly Description: string;
    readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
    readonly InlinePolicies?: object;
  };
  return {
    description: Description,
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    ...(InlinePolicies && { inline: InlinePolicies }),
  };
}

describe("landbridge import codepipeline", () => {
  it("says all that is wrong in the files, each with line and column, and writes nothing", async () => {
    const folder = aFolder();
    mkdirSync(join(folder, "permission-sets"));
    writeFileSync(join(folder, "permission-sets", "look.json"), '{\n  "Name": "Look",\n  "Tags": {}\n}\n');
    writeFileSync(join(folder, "global-mapping.json"), "[]\n");
    const out = join(folder, "out");

    const wrong = await runCli("import", "codepipeline", folder, "--out", out);

    expect(wrong).toMatchObject({ exitCode: 2, out: "" });
    expect(wrong.err).toMatch(/^permission-sets\/look\.json:3:3 Tags: expected a list, found a mapping$/m);
    expect(existsSync(out)).toBe(false);
  });
});
