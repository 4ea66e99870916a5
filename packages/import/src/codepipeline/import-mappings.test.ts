import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseAccessPolicy } from "@landbridge/core";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { importMappings } from "./import-mappings.ts";

const LOOK = {
  Name: "Look",
  Description: "Looks",
  ManagedPolicies: [{ Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
};

function statement(Action: string) {
  return { Effect: "Allow", Action, Resource: "*" };
}

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "mappings-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** Writes files (objects as JSON) and imports the folder. */
async function importOf(files: Readonly<Record<string, unknown>>) {
  for (const [name, content] of Object.entries({ "permission-sets/look.json": LOOK, ...files })) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(
      join(dir, name),
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    );
  }
  const { access, organization, directory, notes } = await importMappings(dir);
  return {
    policy: parseAccessPolicy(access, "access.yaml"),
    organization: OrganizationFile.parse(parse(organization)),
    directory: DirectoryFile.parse(parse(directory)),
    notes,
  };
}

describe("importMappings", () => {
  it("gives a global group its sets everywhere, and a targeted one in units and accounts", async () => {
    const { policy, organization, directory } = await importOf({
      "global-mapping.json": [{ GlobalGroupName: "Guards", PermissionSetName: ["Look"], Target: "Global" }],
      "target-mapping.json": [
        {
          TargetGroupName: "Crews",
          PermissionSetName: ["Look"],
          Target: [{ OrganizationalUnits: ["Docks/North"] }, { Accounts: ["Audit"] }, "012345678901"],
        },
      ],
    });
    expect(policy.rules).toMatchObject([
      { name: "Guards: Look everywhere", groups: ["Guards"], targets: { root: true } },
      {
        groups: ["Crews"],
        targets: { root: false, ou: ["Docks/North"], accounts: ["Audit", "012345678901"] },
      },
    ]);
    expect(organization.accounts.map(({ name, id }) => id ?? name)).toEqual([
      "Management",
      "Audit",
      "012345678901",
    ]);
    expect(organization.units).toMatchObject([{ name: "Docks", units: [{ name: "North" }] }]);
    expect(directory.groups.map(({ name }) => name)).toEqual(["Guards", "Crews"]);
  });

  it("reads the older form of targets", async () => {
    const { policy } = await importOf({
      "target-mapping.json": [
        {
          TargetGroupName: "Crews",
          PermissionSetName: ["Look"],
          TargetAccountid: ["ou: Docks", "name:Audit", "012345678901"],
        },
      ],
    });
    expect(policy.rules[0]?.targets).toMatchObject({ ou: ["Docks"], accounts: ["Audit", "012345678901"] });
  });

  it("takes over everything that a permission set says", async () => {
    const { policy, notes } = await importOf({
      "permission-sets/all.json": {
        Name: "All",
        Description: "All of it",
        Session_Duration: "PT12H",
        Tags: [{ Key: "team", Value: "docks" }],
        ManagedPolicies: [
          { Name: "Billing", Arn: "arn:aws:iam::aws:policy/job-function/Billing" },
          { Name: "own", Arn: "arn:aws:iam::012345678901:policy/team/own" },
        ],
        CustomerPolicies: [{ Name: "baseline", Path: "/" }],
        InlinePolicies: [
          { Version: "2012-10-17", Statement: [statement("s3:Get*")] },
          { Version: "2012-10-17", Statement: [statement("sqs:*")] },
        ],
        PermissionsBoundary: { Name: "limit", Path: "/team/" },
      },
      "global-mapping.json": [],
    });
    expect(policy.permissionSets["All"]).toEqual({
      description: "All of it",
      sessionDuration: "PT12H",
      relayState: null,
      tags: { team: "docks" },
      awsManagedPolicies: ["arn:aws:iam::aws:policy/job-function/Billing"],
      customerManagedPolicies: [
        { name: "baseline", path: "/" },
        { name: "own", path: "/team/" },
      ],
      inlinePolicy:
        '{"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"*"},{"Action":"sqs:*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
      permissionsBoundary: { customerManagedPolicy: { name: "limit", path: "/team/" } },
    });
    expect(notes).toContainEqual(
      expect.stringMatching(/^permission-sets\/all\.json:\d+:\d+: All has 2 inline policies/),
    );
    expect(notes).toContainEqual(
      expect.stringMatching(
        /all\.json:2:\d+: All needs baseline, own, limit in every account where it is used/,
      ),
    );
  });

  it("leaves out what names a permission set that does not exist, and says which is near", async () => {
    const { policy, notes } = await importOf({
      "global-mapping.json": [
        { GlobalGroupName: "Guards", PermissionSetName: ["Loook", "Look"], Target: "Global" },
        { GlobalGroupName: "Crews", PermissionSetName: ["Loook"], Target: "Global" },
      ],
    });
    expect(policy.rules.map(({ name }) => name)).toEqual(["Guards: Look everywhere"]);
    expect(notes.filter((note) => note.includes('"Loook" (did you mean "Look"?)'))).toHaveLength(2);
  });

  it("notes a key that the sample does not read: a mistyped boundary holds nobody there", async () => {
    const { notes } = await importOf({
      "global-mapping.json": [],
      "permission-sets/look.json": { ...LOOK, PermissionBoundary: { Name: "limit" } },
    });
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^permission-sets\/look\.json:9:\d+: "PermissionBoundary" is not read \(did you mean "PermissionsBoundary"\?\)\.$/,
      ),
    );
  });

  it("says where a file is wrong, tabs or not", async () => {
    const text = '[\n\t{\n\t\t"GlobalGroupName": "Guards",\n\t\t"PermissionSetName": "Look"\n\t}\n]\n';
    await expect(importOf({ "global-mapping.json": text })).rejects.toThrow(
      /global-mapping\.json:4:\d+ \[0\]\.PermissionSetName/,
    );
    const twice = { "global-mapping.json": [], "permission-sets/other.json": LOOK };
    await expect(importOf(twice)).rejects.toThrow(
      /other\.json:2:\d+ Name: a second permission set is named Look/,
    );
  });

  it("says what a folder lacks", async () => {
    await expect(importMappings(dir)).rejects.toThrow(/no folder permission-sets/);
    await expect(importOf({})).rejects.toThrow(/neither global-mapping\.json nor target-mapping\.json/);
  });
});
