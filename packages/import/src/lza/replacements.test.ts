import { parseAccessPolicy } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { importLandingZone } from "./import-landing-zone.ts";
import { importAndRead, SAMPLE_ZONE, sampleWith, withZone } from "../../test-support/sample-zone.ts";

const REPLACEMENTS = `
globalReplacements:
  - { key: Prefix, type: String, value: quay }
  - { key: Guarded, type: StringList, value: [LogArchive, Audit] }
  - { key: Country, path: /harbour/country }
  - { key: Role, value: dock-hand }
`;

/** The condition of an inline policy's statement whose text has a variable. */
async function conditionOf(text: string): Promise<{ condition: unknown; notes: readonly string[] }> {
  const policy = `{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*",\n  "Condition": ${text}}]}`;
  const files = {
    "policies/tides.json": policy,
    "replacements-config.yaml": REPLACEMENTS,
    "global-config.yaml": "homeRegion: eu-north-1\nmanagementAccountAccessRole: Captain\n",
  };
  const { access, notes } = await withZone(files, importLandingZone);
  const { inlinePolicy } = parseAccessPolicy(access, "access.yaml").permissionSets["Look"] ?? {};
  const document = JSON.parse(inlinePolicy ?? "null") as { Statement: { Condition: unknown }[] };
  return { condition: document.Statement[0]?.Condition, notes };
}

describe("placeholders of a landing zone", () => {
  it("in configuration files: texts, lists, names of accounts and their ids", async () => {
    const { access } = await withZone(
      {
        "replacements-config.yaml": REPLACEMENTS,
        ...sampleWith(
          "iam-config.yaml",
          "excludedAccounts: [LogArchive]",
          "excludedAccounts: [{{ Guarded }}]",
        ),
      },
      importAndRead,
    );
    expect(access.rules[0]).toMatchObject({
      groups: ["quay-guards", "{{ Country }} guests"],
      except: { accounts: ["LogArchive", "Audit"] },
    });
  });

  it("in configuration files: the id of an account by its name", async () => {
    const { access } = await withZone(
      sampleWith(
        "iam-config.yaml",
        "description: Look and leave alone",
        'description: "In {{account berths}}"',
      ),
      importAndRead,
    );
    expect(access.permissionSets["Look"]).toMatchObject({ description: "In 210987654321" });
  });

  it("says which values are in the Parameter Store, and where they are used", async () => {
    const { notes } = await withZone({ "replacements-config.yaml": REPLACEMENTS }, importAndRead);
    expect(notes).toContain(
      "replacements-config.yaml:5:5: the value of Country is in the Parameter Store (/harbour/country) and not read.",
    );
    expect(notes).toContainEqual(
      expect.stringMatching(/^iam-config\.yaml:23:\d+: \{\{ Country \}\} is not known/),
    );
  });

  it.each([
    ['{"StringEquals": {"aws:PrincipalAccount": "${MANAGEMENT_ACCOUNT_ID}"}}', "012345678901"],
    [
      '{"StringEquals": {"aws:PrincipalAccount": [${ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:berths}]}}',
      ["210987654321"],
    ],
    [
      '{"StringEquals": {"aws:PrincipalAccount": [${ACCEL_LOOKUP::ACCOUNT_ID:ORG}]}}',
      ["012345678901", "210987654321"],
    ],
    [
      '{"StringEquals": {"aws:PrincipalAccount": [${ACCEL_LOOKUP::ACCOUNT_ID:OU:Harbour}]}}',
      ["210987654321"],
    ],
    ['{"StringEquals": {"aws:PrincipalAccount": ${ACCEL_LOOKUP::CUSTOM:Guarded}}}', ["LogArchive", "Audit"]],
    ['{"StringEquals": {"aws:PrincipalAccount": "${HOME_REGION}"}}', "eu-north-1"],
    [
      '{"StringEquals": {"aws:PrincipalAccount": "arn:${PARTITION}:${MANAGEMENT_ACCOUNT_ACCESS_ROLE}"}}',
      "arn:aws:Captain",
    ],
    ['{"StringEquals": {"aws:PrincipalAccount": "x-${ACCEL_LOOKUP::CUSTOM:Role}"}}', "x-dock-hand"],
    [
      '{"StringEquals": {"aws:PrincipalAccount": "${aws:username} {{ Prefix }}"}}',
      "${aws:username} {{ Prefix }}",
    ],
  ])("in policy files: %s", async (text, expected) => {
    const { condition, notes } = await conditionOf(text);
    expect(condition).toEqual({ StringEquals: { "aws:PrincipalAccount": expected } });
    expect(notes.filter((note) => note.startsWith("policies/"))).toEqual([]);
  });

  it("names a variable of a policy file that is not known, with line and column", async () => {
    const { condition, notes } = await conditionOf('{"StringEquals": {"aws:PrincipalOrgID": "${ORG_ID}"}}');
    expect(condition).toEqual({ StringEquals: { "aws:PrincipalOrgID": "${ORG_ID}" } });
    expect(notes).toContainEqual(
      expect.stringMatching(/^policies\/tides\.json:3:57: \$\{ORG_ID\} is not known/),
    );
    await expect(conditionOf('{"X": {"y": [${ACCEL_LOOKUP::VPC_ID:ORG}]}}')).rejects.toThrow(
      /^policies\/tides\.json:3:29: the value of \$\{ACCEL_LOOKUP::VPC_ID:ORG\} is not known/,
    );
  });
});

describe("what else the files of a landing zone say", () => {
  it("takes region and delegated administrator into organization.yaml", async () => {
    const files = { "global-config.yaml": "homeRegion: eu-north-1\n" };
    const { organization } = await withZone(files, importAndRead);
    expect(organization).toMatchObject({ region: "eu-north-1", delegatedAdministrator: "Audit" });
  });

  it("names accounts by id, with the landing zone's name next to it", async () => {
    const { access } = await withZone({}, importLandingZone);
    expect(access).toContain('- "012345678901" # Management');
  });

  it("leaves an ignored unit below one with a rule out of that rule", async () => {
    const change = sampleWith("organization-config.yaml", "name: Attic", "name: Harbour/Attic");
    const { access, notes } = await withZone(change, importAndRead);
    expect(access.rules[2]).toMatchObject({
      targets: { ou: ["Harbour"] },
      except: { ou: ["Harbour/Cranes", "Harbour/Attic"] },
    });
    expect(notes).toContainEqual(
      expect.stringContaining("kept, because rules for Harbour have to leave it out"),
    );
  });

  it("says what a rule does otherwise than the landing zone, and where it says so", async () => {
    const { notes } = await withZone({}, importAndRead);
    expect(notes).toContainEqual(
      expect.stringMatching(/^iam-config\.yaml:24:\d+: excludedRegions is left out/),
    );
    expect(notes).toContainEqual(
      expect.stringMatching(/^iam-config\.yaml:24:\d+: .*every account of the organization/),
    );
    expect(notes).toContainEqual(
      expect.stringMatching(/^iam-config\.yaml:18:\d+: policySets make no policy "baseline"/),
    );
  });

  it("reads anchors and merge keys", async () => {
    const iam = SAMPLE_ZONE["iam-config.yaml"] ?? "";
    const text = iam
      .replace("deploymentTargets: { accounts: [Management] }", "deploymentTargets: *one")
      .replace("roleSets: []", ".one: &one { accounts: [berths] }");
    const { access } = await withZone({ "iam-config.yaml": text }, importAndRead);
    expect(access.rules.at(-1)).toMatchObject({ targets: { accounts: ["210987654321"] } });
  });
});
