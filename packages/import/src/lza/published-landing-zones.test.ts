import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { OrganizationFile } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { importAndRead } from "../../test-support/sample-zone.ts";

const FIXTURES = fileURLToPath(
  new URL("../../../../../shared/fixtures/landing-zone-accelerator/", import.meta.url),
);

function count(parent: {
  readonly accounts: readonly unknown[];
  readonly units: OrganizationFile["units"];
}): {
  accounts: number;
  units: number;
} {
  const below = parent.units.map(count);
  return {
    accounts: parent.accounts.length + below.reduce((sum, { accounts }) => sum + accounts, 0),
    units: parent.units.length + below.reduce((sum, { units }) => sum + units, 0),
  };
}

describe.skipIf(!existsSync(FIXTURES))(
  "landing zones as published (skipped where ../shared/fixtures/landing-zone-accelerator is absent)",
  () => {
    it("imports the one with everything enabled", async () => {
      const { organization, directory, access, notes } = await importAndRead(`${FIXTURES}all-enabled`);
      expect(count(organization)).toEqual({ accounts: 6, units: 13 });
      expect(organization.accounts).toMatchObject([{ name: "Management", id: "111111111111" }]);
      expect(directory.users).toHaveLength(3);
      expect(directory.groups).toHaveLength(3);
      expect(Object.keys(access.permissionSets)).toEqual([
        "PermissionSet1",
        "PermissionSet2",
        "PermissionSet3",
      ]);
      expect(access.permissionSets).toMatchObject({
        PermissionSet1: { inlinePolicy: {}, permissionsBoundary: { awsManagedPolicy: "PowerUserAccess" } },
        PermissionSet3: {
          sessionDuration: "PT1H",
          description: "This is a useful permission set description.",
        },
      });
      expect(access.rules).toMatchObject([
        { name: "Assignment1", targets: { accounts: ["333333333333"] } },
        { name: "Assignment2", targets: { ou: ["Security"] } },
      ]);
      expect(notes).toContainEqual(
        expect.stringMatching(/^organization-config\.yaml:\d+:\d+: unit Suspended is ignored .*left out/),
      );
    });

    it("imports the one with a delegated administrator", async () => {
      const { organization, directory, access } = await importAndRead(
        `${FIXTURES}all-enabled-delegated-admin`,
      );
      expect(count(organization)).toEqual({ accounts: 6, units: 2 });
      expect(directory.users).toHaveLength(1);
      expect(directory.groups).toMatchObject([
        { id: "1234abcd-1001-70f0-9c12-56a6aa967ca4", users: ["user-abcd1234@landing-zone.example"] },
      ]);
      expect(Object.keys(access.permissionSets)).toEqual(["PermissionSet1"]);
      expect(access.rules).toHaveLength(2);
    });
  },
);
