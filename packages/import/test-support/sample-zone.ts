import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrganizationFile, DirectoryFile } from "@landbridge/sandbox";
import { parse } from "yaml";
import { importLandingZone } from "../src/lza/import-landing-zone.ts";

/** A small landing zone for the tests: a harbour authority with two layers of units. */
export const SAMPLE_ZONE: Readonly<Record<string, string>> = {
  "organization-config.yaml": `
organizationalUnits:
  - name: Harbour/Cranes/Pilot
  - name: Harbour/Cranes${"  "}
  - name: Harbour
  - name: Guard
  - name: Attic
    ignore: true
  - name: Cellar
    ignore: true
`,
  "accounts-config.yaml": `
mandatoryAccounts:
  - { name: Management, email: management@harbour.example, organizationalUnit: Root }
  - { name: LogArchive, email: logs@harbour.example, organizationalUnit: Guard }
  - { name: Audit, email: audit@harbour.example, organizationalUnit: Guard }
workloadAccounts:
  - { name: berths, email: Berths@harbour.example, organizationalUnit: Harbour }
  - { name: crane-control, email: cranes@harbour.example, organizationalUnit: "Harbour/Cranes " }
  - { name: crane-pilot, email: pilot@harbour.example, organizationalUnit: Harbour/Cranes/Pilot }
  - { name: old-tide-tables, email: tides@harbour.example, organizationalUnit: Cellar }
accountIds:
  - { email: management@harbour.example, accountId: 012345678901 }
  - { email: berths@harbour.example, accountId: "210987654321" }
`,
  "replacements-config.yaml": `
globalReplacements:
  - { key: Prefix, type: String, value: quay }
  - { key: Networks, type: StringList, value: [10.0.0.0/8] }
`,
  "policies/tides.json": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}`,
  "iam-config.yaml": `
roleSets: []
identityCenter:
  name: harbour
  delegatedAdminAccount: Audit
  identityCenterPermissionSets:
    - name: Look
      description: Look and leave alone
      sessionDuration: 100
      policies:
        awsManaged: [job-function/ViewOnlyAccess, "arn:aws:iam::aws:policy/SecurityAudit"]
        customerManaged:
        inlinePolicy: policies/tides.json
    - name: Operate
      sessionDuration: 30
      policies:
        customerManaged: [{{ Prefix }}-operate]
        acceleratorManaged: [baseline]
        permissionsBoundary: { customerManagedPolicy: { name: limit, path: /harbour/ } }
  identityCenterAssignments:
    - name: Guards look everywhere
      permissionSetName: Look
      principals: [{ type: GROUP, name: {{ Prefix }}-guards }, { type: GROUP, name: "{{ Country }} guests" }]
      deploymentTargets: { organizationalUnits: [Root], excludedAccounts: [LogArchive], excludedRegions: [us-east-1] }
    - name: Crews operate
      permissionSetName: Operate
      principals: [{ type: GROUP, name: crews }, { type: USER, name: mara.holt }, { type: USER, name: pim@harbour.example }]
      deploymentTargets: { organizationalUnits: [Guard, Harbour], accounts: [crane-control], excludedAccounts: [Audit] }
    - name: One by id
      permissionSetName: Operate
      principalId: 93670a1b2c-5f0e1d2c-3b4a-4968-8776-655443322110
      principalType: GROUP
      deploymentTargets: { accounts: [Management] }
`,
};

export interface ReadZone {
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  /** As written. */
  readonly access: { permissionSets: Record<string, unknown>; rules: Record<string, unknown>[] };
  readonly notes: readonly string[];
}

/** Imports a folder and reads the result as the sandbox would. */
export async function importAndRead(dir: string): Promise<ReadZone> {
  const { organization, directory, access, notes } = await importLandingZone(dir);
  return {
    organization: OrganizationFile.parse(parse(organization)),
    directory: DirectoryFile.parse(parse(directory)),
    access: parse(access) as ReadZone["access"],
    notes,
  };
}

/** Writes the sample with some files changed (undefined: left out), and passes its folder to `use`. */
export async function withZone<T>(
  changes: Readonly<Record<string, string | undefined>>,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "landing-zone-"));
  try {
    await mkdir(join(dir, "policies"));
    for (const [name, text] of Object.entries({ ...SAMPLE_ZONE, ...changes })) {
      if (text !== undefined) await writeFile(join(dir, name), text);
    }
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A file of the sample with one piece replaced. */
export function sampleWith(name: string, from: string, to: string): Record<string, string> {
  const text = SAMPLE_ZONE[name] ?? "";
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  return { [name]: text.replace(from, to) };
}
