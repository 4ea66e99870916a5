import { beforeAll, describe, expect, it } from "vitest";
import { importLandingZone } from "./import-landing-zone.ts";
import { importAndRead, withZone, type ReadZone } from "../../test-support/sample-zone.ts";

describe("importLandingZone", () => {
  let zone: ReadZone;
  beforeAll(async () => {
    zone = await withZone({}, importAndRead);
  });

  it("builds the tree of units, whatever the order they are listed in", () => {
    expect(zone.organization.units).toMatchObject([
      {
        name: "Harbour",
        accounts: [{ name: "berths" }],
        units: [
          {
            name: "Cranes",
            accounts: [{ name: "crane-control" }],
            units: [{ name: "Pilot", accounts: [{ name: "crane-pilot" }] }],
          },
        ],
      },
      { name: "Guard", accounts: [{ name: "LogArchive" }, { name: "Audit" }] },
      { name: "Cellar", accounts: [{ name: "old-tide-tables" }] },
    ]);
  });

  it("takes Management for the management account, with its id in full", () => {
    expect(zone.organization.managementAccount).toBe("Management");
    expect(zone.organization.accounts).toMatchObject([{ name: "Management", id: "012345678901" }]);
  });

  it("finds ids by e-mail address and says which accounts have none", () => {
    expect(zone.organization.units[0]?.accounts[0]?.id).toBe("210987654321");
    expect(zone.notes).toContainEqual(
      expect.stringMatching(
        /^accounts-config\.yaml has no id of LogArchive, Audit, crane-control, crane-pilot, /,
      ),
    );
  });

  it("leaves out an ignored unit unless an account is in it", () => {
    expect(zone.notes).toContain(
      "organization-config.yaml:7:5: unit Attic is ignored by the landing zone: left out.",
    );
    expect(zone.notes).toContain(
      "organization-config.yaml:9:5: unit Cellar is ignored by the landing zone: kept, because accounts are in it.",
    );
  });

  it("turns permission sets into those of the access policy", () => {
    expect(zone.access.permissionSets).toEqual({
      Look: {
        description: "Look and leave alone",
        sessionDuration: "PT1H40M",
        awsManagedPolicies: ["job-function/ViewOnlyAccess", "arn:aws:iam::aws:policy/SecurityAudit"],
        inlinePolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
        },
      },
      Operate: {
        sessionDuration: "PT1H",
        customerManagedPolicies: [
          { name: "quay-operate", path: "/" },
          { name: "baseline", path: "/" },
        ],
        permissionsBoundary: { customerManagedPolicy: { name: "limit", path: "/harbour/" } },
      },
    });
    expect(zone.notes).toContain("iam-config.yaml:15:24: a session of 30 minutes became one of 60.");
  });

  it("turns an assignment to Root into a rule for the root, less the excluded accounts", () => {
    expect(zone.access.rules[0]).toEqual({
      name: "Guards look everywhere",
      groups: ["quay-guards", "{{ Country }} guests"],
      permissionSets: ["Look"],
      targets: { root: true },
      except: { accounts: ["LogArchive"] },
    });
  });

  it("gives nobody access below a unit, where the landing zone means the unit alone", () => {
    const who = { groups: ["crews"], users: ["mara.holt@landing-zone.example", "pim@harbour.example"] };
    expect(zone.access.rules.slice(1, 3)).toEqual([
      {
        name: "Crews operate",
        ...who,
        permissionSets: ["Operate"],
        targets: { ou: ["Guard"], accounts: ["crane-control"] },
        except: { accounts: ["Audit"] },
      },
      {
        name: "Crews operate (Harbour)",
        ...who,
        permissionSets: ["Operate"],
        targets: { ou: ["Harbour"] },
        except: { ou: ["Harbour/Cranes"], accounts: ["Audit"] },
      },
    ]);
  });

  it("makes a placeholder of a principal that is known by id only", () => {
    const id = "5f0e1d2c-3b4a-4968-8776-655443322110";
    expect(zone.access.rules[3]).toMatchObject({ name: "One by id", groups: [id] });
    expect(zone.directory.groups).toContainEqual(expect.objectContaining({ name: "Group 5f0e1d2c", id }));
    expect(zone.notes.filter((note) => note.includes(id))).toHaveLength(1);
  });

  it("makes users that AWS accepts, and gives every group some of them", () => {
    expect(zone.directory.users).toMatchObject([
      { userPrincipalName: "mara.holt@landing-zone.example", givenName: "Mara", surname: "Holt" },
      { userPrincipalName: "pim@harbour.example", givenName: "Pim", surname: "User" },
    ]);
    expect(zone.directory.groups).toHaveLength(4);
    for (const group of zone.directory.groups) expect(group.users).toHaveLength(2);
  });

  it("leaves an unknown replacement token as it is and says so", () => {
    expect(zone.directory.groups.map(({ name }) => name)).toContain("{{ Country }} guests");
    expect(zone.notes).toContainEqual(
      expect.stringMatching(/^iam-config\.yaml:23:\d+: \{\{ Country \}\} is not known and left as it is/),
    );
  });

  it("says that the management account takes a setting", () => {
    const notes = zone.notes.filter((note) => note.includes("manageManagementAccount"));
    expect(notes.map((note) => note.split(" includes")[0])).toEqual([
      "iam-config.yaml:24:7: Guards look everywhere",
      "iam-config.yaml:33:7: One by id",
    ]);
  });

  it("writes the same texts every time, each with a comment that says what it is", async () => {
    const [first, second] = await withZone({}, (dir) =>
      Promise.all([importLandingZone(dir), importLandingZone(dir)]),
    );
    expect(second).toEqual(first);
    for (const text of [first.organization, first.directory, first.access]) {
      expect(text).toMatch(/^# .+\n# Imported from .*Landing Zone Accelerator/);
    }
  });
});
