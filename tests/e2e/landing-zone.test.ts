import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type MadeSet, workWithAnotherTool } from "../support/another-tool.ts";
import { aFolder, connectedSandbox, imported } from "../support/imported.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

const ZONES = fileURLToPath(new URL("../../../shared/fixtures/landing-zone-accelerator/", import.meta.url));
const absent = !existsSync(ZONES);
const why = absent ? " (skipped: ../shared/fixtures is not next to this repository)" : "";

const AWS = "arn:aws:iam::aws:policy/";

/** A quarry with a unit below another, an unmanaged unit, and an excluded account. */
const QUARRY = {
  "organization-config.yaml": `
enable: true
organizationalUnits:
  - name: Pit
  - name: Pit/Deep
  - name: Yard
  - { name: Pit/Flooded, ignore: true }
`,
  "accounts-config.yaml": `
mandatoryAccounts:
  - { name: Management, email: root@quarry.example, organizationalUnit: Root }
  - { name: LogArchive, email: logs@quarry.example, organizationalUnit: Yard }
  - { name: Audit, email: audit@quarry.example, organizationalUnit: Yard }
workloadAccounts:
  - { name: drills, email: drills@quarry.example, organizationalUnit: Pit }
  - { name: pumps, email: pumps@quarry.example, organizationalUnit: Pit/Deep }
accountIds:
  - { email: root@quarry.example, accountId: "100000000001" }
  - { email: logs@quarry.example, accountId: "100000000002" }
  - { email: audit@quarry.example, accountId: "100000000003" }
  - { email: drills@quarry.example, accountId: "100000000004" }
  - { email: pumps@quarry.example, accountId: "100000000005" }
`,
  "global-config.yaml": "homeRegion: eu-west-1\n",
  "replacements-config.yaml": "globalReplacements: [{ key: Crew, type: String, value: blasters }]\n",
  "policies/blast.json": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*",
    "Resource": "arn:\${PARTITION}:s3:::plans-\${AUDIT_ACCOUNT_ID}/\${aws:username}/*"}]}`,
  "iam-config.yaml": `
identityCenter:
  name: quarry
  identityCenterPermissionSets:
    - name: Blast
      description: Reads the plans
      sessionDuration: 90
      policies:
        awsManaged: [job-function/ViewOnlyAccess]
        customerManaged: [blast-limits]
        inlinePolicy: policies/blast.json
        permissionsBoundary: { awsManagedPolicyName: PowerUserAccess }
    - name: Look
      policies: { awsManaged: ["${AWS}SecurityAudit"] }
  identityCenterAssignments:
    - name: Blasters in the pit
      permissionSetName: Blast
      principals: [{ type: GROUP, name: "{{ Crew }}" }, { type: USER, name: mo@quarry.example }]
      deploymentTargets: { organizationalUnits: [Pit], excludedRegions: [us-east-1] }
    - name: Inspectors look
      permissionSetName: Look
      principals: [{ type: GROUP, name: inspectors }]
      deploymentTargets: { organizationalUnits: [Root], excludedAccounts: [Management, LogArchive] }
`,
};

function aQuarry(changes: Readonly<Record<string, string>> = {}): string {
  const folder = aFolder();
  mkdirSync(join(folder, "policies"));
  for (const [name, text] of Object.entries({ ...QUARRY, ...changes }))
    writeFileSync(join(folder, name), text);
  return folder;
}

const QUARRY_SETS: readonly MadeSet[] = [
  {
    name: "Blast",
    description: "Reads the plans",
    sessionDuration: "PT1H30M",
    managed: [`${AWS}job-function/ViewOnlyAccess`],
    customerManaged: [{ name: "blast-limits" }],
    inline: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:Get*",
          // A variable of IAM.
          Resource: "arn:aws:s3:::plans-100000000003/${aws:username}/*",
        },
      ],
    },
    boundary: { ManagedPolicyArn: `${AWS}PowerUserAccess` },
  },
  { name: "Look", managed: [`${AWS}SecurityAudit`] },
];

describe("landbridge import lza", () => {
  it("has an empty plan where the landing zone has done its work", async () => {
    const result = await imported("lza", aQuarry());
    const host = await connectedSandbox(result);
    await workWithAnotherTool(host, {
      sets: QUARRY_SETS,
      assignments: [
        // The drills are directly in the pit; the pumps are deeper.
        ["Blast", { group: "blasters" }, "100000000004"],
        ["Blast", { user: "mo@quarry.example" }, "100000000004"],
        ...["100000000003", "100000000004", "100000000005"].map(
          (id) => ["Look", { group: "inspectors" }, id] as const,
        ),
      ],
    });

    const plan = await cliOf(host).run("plan", "--policy", result.access);

    expect(plan.out, plan.err).toContain("0 to create, 0 to delete, 5 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
  });

  it("says where everything stands that the policy cannot say", async () => {
    const { notes } = await imported("lza", aQuarry());
    expect(notes).toEqual([
      expect.stringMatching(/^organization-config\.yaml:7:5: unit Pit\/Flooded is ignored .* kept, because/),
      expect.stringMatching(/^iam-config\.yaml:8:7: Blast needs blast-limits in every account/),
      expect.stringMatching(/^iam-config\.yaml:19:\d+: excludedRegions is left out/),
      expect.stringMatching(
        /^iam-config\.yaml:19:\d+: Blasters in the pit is for the accounts directly in Pit/,
      ),
      expect.stringMatching(/^iam-config\.yaml:23:\d+: .* every account of the organization/),
      expect.stringMatching(/^Only the section identityCenter/),
      expect.stringMatching(/^Who is in which group is made up/),
    ]);
  });

  it("says all mistakes at once with file, line, column and the nearest name, and writes nothing", async () => {
    const folder = aQuarry({
      "iam-config.yaml": QUARRY["iam-config.yaml"]
        .replace("permissionSetName: Blast", "permissionSetName: Blats")
        .replace("[Pit]", "[Pits]")
        .replace("blast.json", "blasts.json"),
    });
    const out = join(folder, "out");

    const wrong = await runCli("import", "lza", folder, "--out", out);

    expect(wrong).toMatchObject({ exitCode: 2, out: "" });
    expect(wrong.err.trim().split("\n")).toEqual([
      expect.stringMatching(
        /^iam-config\.yaml:11:23 .*: the policy file policies\/blasts\.json does not exist$/,
      ),
      expect.stringMatching(
        /^iam-config\.yaml:17:26 .*: there is no permission set "Blats" \(did you mean "Blast"\?\)$/,
      ),
      expect.stringMatching(
        /^iam-config\.yaml:19:50 .*: .* no unit "Pits" \(did you mean "Pit"\?\), or it is ignored$/,
      ),
    ]);
    expect(existsSync(out)).toBe(false);
  });

  it("does not overwrite files that somebody may have edited, unless told to", async () => {
    const folder = aQuarry();
    const out = join(folder, "out");
    expect(await runCli("import", "lza", folder, "--out", out)).toMatchObject({ exitCode: 0 });
    writeFileSync(join(out, "access.yaml"), "mine");

    const refused = await runCli("import", "lza", folder, "--out", out);

    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining("--force") as string });
    expect(readFileSync(join(out, "access.yaml"), "utf8")).toBe("mine");
    expect(await runCli("import", "lza", folder, "--out", out, "--force")).toMatchObject({ exitCode: 0 });
  });
});

describe.skipIf(absent)(`landbridge import lza, of configurations as published${why}`, () => {
  it.each([
    ["all-enabled", 7],
    ["all-enabled-delegated-admin", 4],
  ])("%s: imported, connected, %i assignments made", async (zone, desired) => {
    const { folder } = await imported("lza", `${ZONES}${zone}`);
    const files = ["policy", "organization", "directory"].flatMap((kind) => [
      `--${kind}`,
      join(folder, `${kind === "policy" ? "access" : kind}.yaml`),
    ]);
    const { exitCode, out, err } = await runCli("demo", "--json", "--speed", "100", ...files);

    expect(exitCode, err).toBe(0);
    expect(JSON.parse(out).assignments).toEqual({ desired, created: desired, deleted: 0, failed: 0 });
  });

  it("all-enabled: an empty plan where the landing zone has done its work", async () => {
    const zone = `${ZONES}all-enabled`;
    const result = await imported("lza", zone);
    const host = await connectedSandbox(result);
    const inline: unknown = JSON.parse(
      readFileSync(join(zone, "iam-policies/sso-permissionSet1-inline-policy.json"), "utf8"),
    );
    const set = {
      inline: inline as object,
      customerManaged: [{ name: "ResourceConfigurationCollectorPolicy" }],
    };
    const limited = {
      ...set,
      managed: [`${AWS}PowerUserAccess`, `${AWS}ReadOnlyAccess`],
      customerManaged: [...set.customerManaged, { name: "lzaManagedPolicy01" }],
      boundary: { CustomerManagedPolicyReference: { Name: "lzaManagedPolicy01", Path: "/" } },
    };
    const users = ["user-abcd1234", "lza-accelerator-user-01", "lza-accelerator-user-02"];
    await workWithAnotherTool(host, {
      sets: [
        {
          name: "PermissionSet1",
          ...set,
          managed: ["AdministratorAccess", "CloudFrontFullAccess", "PowerUserAccess", "ReadOnlyAccess"].map(
            (name) => `${AWS}${name}`,
          ),
          customerManaged: [
            ...set.customerManaged,
            { name: "lzaManagedPolicy01" },
            { name: "lzaManagedPolicy02" },
          ],
          boundary: { ManagedPolicyArn: `${AWS}PowerUserAccess` },
        },
        { name: "PermissionSet2", ...limited },
        {
          name: "PermissionSet3",
          ...limited,
          description: "This is a useful permission set description.",
        },
      ],
      assignments: [
        ...users.map(
          (user) => ["PermissionSet1", { user: `${user}@landing-zone.example` }, "333333333333"] as const,
        ),
        ["PermissionSet1", { group: "lza-accelerator-group-01" }, "333333333333"],
        ["PermissionSet1", { group: "lza-accelerator-group-02" }, "333333333333"],
        ["PermissionSet1", { group: "Group 1234abcd" }, "222222222222"],
        ["PermissionSet1", { group: "Group 1234abcd" }, "333333333333"],
      ],
    });

    const plan = await cliOf(host).run("plan", "--policy", result.access);

    expect(plan.out, plan.err).toContain("0 to create, 0 to delete, 7 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
  });
});
