import { describe, expect, it } from "vitest";
import { importLandingZone } from "./import-landing-zone.ts";
import { SAMPLE_ZONE, sampleWith, withZone } from "../../test-support/sample-zone.ts";

/** The line of the sample that has the piece, as editors count. */
function lineOf(name: string, piece: string): number {
  return (SAMPLE_ZONE[name] ?? "").split("\n").findIndex((line) => line.includes(piece)) + 1;
}

async function refusal(changes: Readonly<Record<string, string | undefined>>): Promise<string> {
  return withZone(changes, async (dir) => {
    const error: unknown = await importLandingZone(dir).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "PolicyInvalid" });
    return error instanceof Error ? error.message : "";
  });
}

function twentyTimes(anchor: string): string {
  return `[${Array.from({ length: 20 }, () => `*${anchor}`).join(", ")}]`;
}

describe("importLandingZone, given a landing zone with a mistake", () => {
  it.each(["organization-config.yaml", "accounts-config.yaml", "iam-config.yaml"])(
    "names the file when %s is missing",
    async (name) => {
      expect(await refusal({ [name]: undefined })).toMatch(new RegExp(`^${name} is not in /`));
    },
  );

  it("names the policy file that is missing, and where it is asked for", async () => {
    const line = lineOf("iam-config.yaml", "inlinePolicy");
    const message = await refusal({ "policies/tides.json": undefined });
    expect(message).toBe(
      `iam-config.yaml:${line}:23 identityCenter.identityCenterPermissionSets[0].policies.inlinePolicy: the policy file policies/tides.json does not exist`,
    );
  });

  it.each([
    [
      "an unknown permission set",
      "permissionSetName: Operate",
      "permissionSetName: Opperate",
      'no permission set "Opperate" .did you mean "Operate"',
    ],
    [
      "an unknown account",
      "accounts: [crane-control]",
      "accounts: [crane-ctrl]",
      'no account "crane-ctrl" .did you mean "crane-control"',
    ],
    [
      "an unknown excluded account",
      "excludedAccounts: [Audit]",
      "excludedAccounts: [Audits]",
      'no account "Audits" .did you mean "Audit"',
    ],
    ["an unknown unit", "[Guard, Harbour]", "[Guard, Harbor]", 'no unit "Harbor" .did you mean "Harbour"'],
    ["a unit that is ignored and empty", "[Guard, Harbour]", "[Guard, Attic]", "is ignored"],
    ["a second assignment of a name", "name: One by id", "name: Crews operate", "second assignment"],
    ["a second permission set of a name", "name: Operate", "name: Look", "second permission set"],
    [
      "an assignment for nobody",
      "principals: [{ type: GROUP, name: crews }",
      "principals: null # [{ type: GROUP, name: crews }",
      "nobody",
    ],
    [
      "a mistyped exclusion, which would be access for more accounts",
      "excludedAccounts: [Audit]",
      "excludedAcounts: [Audit]",
      'unknown key "excludedAcounts" .did you mean "excludedAccounts"',
    ],
    [
      "a mistyped boundary",
      "permissionsBoundary: {",
      "permissionBoundary: {",
      'unknown key "permissionBoundary" .did you mean "permissionsBoundary"',
    ],
    [
      "two boundaries",
      "{ customerManagedPolicy: { name: limit, path: /harbour/ } }",
      "{ customerManagedPolicy: { name: limit }, awsManagedPolicyName: PowerUserAccess }",
      "AWS takes one boundary",
    ],
    [
      "an unknown delegated administrator",
      "delegatedAdminAccount: Audit",
      "delegatedAdminAccount: Audot",
      'no account "Audot" .did you mean "Audit"',
    ],
    ["an id that is none", "principalId: 93670a1b2c-", "principalId: 9-", "no id of the identity store"],
    [
      "a type of principal that is none",
      "type: GROUP, name: crews",
      "type: TEAM, name: crews",
      'expected "USER" or "GROUP", found "TEAM"',
    ],
    ["a policy file elsewhere", "policies/tides.json", "../tides.json", "outside of the landing zone"],
  ])("gives the position of %s", async (_what, from, to, message) => {
    expect(await refusal(sampleWith("iam-config.yaml", from, to))).toMatch(
      new RegExp(`^iam-config\\.yaml:\\d+:\\d+ .*${message}`),
    );
  });

  it("gives line and column of the very entry", async () => {
    const line = lineOf("iam-config.yaml", "accounts: [crane-control]");
    const change = sampleWith("iam-config.yaml", "accounts: [crane-control]", "accounts: [crane-ctrl]");
    const column = (change["iam-config.yaml"] ?? "").split("\n")[line - 1]?.indexOf("crane-ctrl") ?? 0;
    expect(await refusal(change)).toMatch(new RegExp(`^iam-config\\.yaml:${line}:${column + 1} `));
  });

  it("says all that is wrong at once, file by file", async () => {
    const message = await refusal({
      ...sampleWith("iam-config.yaml", "permissionSetName: Look", "permissionSetName: Loook"),
      ...sampleWith("accounts-config.yaml", "organizationalUnit: Harbour }", "organizationalUnit: Port }"),
      "policies/tides.json": "{",
    });
    expect(message.split("\n").map((line) => line.split(":")[0])).toEqual([
      "accounts-config.yaml",
      "iam-config.yaml",
      "policies/tides.json",
    ]);
  });

  it("refuses what makes no valid policy in the end", async () => {
    const change = sampleWith(
      "iam-config.yaml",
      "description: Look and",
      `description: ${"Look ".repeat(150)}and`,
    );
    expect(await refusal(change)).toMatch(/no valid access policy; fix the source(.|\n)*description/);
  });

  it("refuses an account in a unit that is not listed", async () => {
    const change = sampleWith(
      "accounts-config.yaml",
      "organizationalUnit: Harbour }",
      "organizationalUnit: Port }",
    );
    expect(await refusal(change)).toMatch(/^accounts-config\.yaml:\d+:\d+ .*no unit "Port"/);
  });

  it("refuses two accounts of one name", async () => {
    const change = sampleWith("accounts-config.yaml", "name: crane-pilot", "name: berths");
    expect(await refusal(change)).toMatch(
      /^accounts-config\.yaml:\d+:\d+ .*: a second account is named berths/,
    );
  });

  it("refuses an organization without its management account", async () => {
    const change = sampleWith("accounts-config.yaml", "name: Management", "name: Main");
    expect(await refusal(change)).toMatch(/expected an account named Management/);
  });

  it("refuses what is no YAML, no JSON, or unfolds without end", async () => {
    expect(await refusal({ "iam-config.yaml": "a: [" })).toMatch(
      /^iam-config\.yaml:1:\d+: this is not valid YAML/,
    );
    expect(await refusal({ "iam-config.yaml": "a: *nowhere" })).toMatch(/^iam-config\.yaml:1:1: .*nowhere/);
    expect(await refusal({ "policies/tides.json": "{" })).toMatch(
      /^policies\/tides\.json:1:2: this is not valid JSON/,
    );
    const bomb = `a: &a [x]\nb: &b ${twentyTimes("a")}\nc: &c ${twentyTimes("b")}\nd: ${twentyTimes("c")}\n`;
    expect(await refusal({ "iam-config.yaml": bomb })).toMatch(/^iam-config\.yaml:1:1: /);
  });

  it("refuses an empty file", async () => {
    expect(await refusal({ "accounts-config.yaml": "" })).toMatch(
      /^accounts-config\.yaml:1:1: expected a mapping, found nothing/,
    );
  });

  it("says that identityCenter is missing when the landing zone has none", async () => {
    expect(await refusal({ "iam-config.yaml": "roleSets: []" })).toMatch(
      /^iam-config\.yaml:1:1 identityCenter: is missing/,
    );
  });
});
