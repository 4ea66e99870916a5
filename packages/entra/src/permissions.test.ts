import { describe, expect, it } from "vitest";
import { GRAPH_PERMISSIONS, missingPermissions } from "./permissions.ts";

const least: string[] = [...new Set(Object.values(GRAPH_PERMISSIONS).map(({ anyOf }) => anyOf[0]))];

describe("missing permissions", () => {
  it("are none when the narrowest of each are granted", () => {
    expect(missingPermissions(least)).toEqual([]);
  });

  it.each([
    "Application.ReadWrite.OwnedBy",
    "AppRoleAssignment.ReadWrite.All",
    "AuditLog.Read.All",
    "Directory.Read.All",
  ])("name %s and what it is for", (permission) => {
    const missing = missingPermissions(least.filter((granted) => granted !== permission));
    expect(missing.length).toBeGreaterThan(0);
    for (const line of missing) expect(line).toMatch(new RegExp(`^${permission}.* to `));
  });

  it("are all of them when nothing is granted", () => {
    expect(missingPermissions([])).toHaveLength(Object.keys(GRAPH_PERMISSIONS).length);
  });

  it("do not include a narrow permission that a wider one covers", () => {
    const wide = least.filter(
      (permission) => !/^(GroupMember|User|Organization|Application\.Read\.)/.test(permission),
    );
    expect(missingPermissions(wide)).toEqual([]);
  });

  it("does not take write access to all applications for provisioning", () => {
    const granted = [...least, "Application.ReadWrite.All"].filter((one) => !one.endsWith("OwnedBy"));
    expect(missingPermissions(granted)).toEqual([expect.stringContaining("Synchronization.ReadWrite.All")]);
  });
});
