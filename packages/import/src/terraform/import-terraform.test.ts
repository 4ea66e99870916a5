import { describe, expect, it } from "vitest";
import { aSampleState } from "../../test-support/sample-state.ts";
import {
  assignment,
  attachment,
  importOf,
  permissionSet,
  resource,
  stateOf,
} from "../../test-support/sample-show.ts";

describe("importTerraform, of a state", () => {
  it("puts permission sets together from their resources, in modules and with for_each", async () => {
    const { policy } = await importOf(aSampleState());
    expect(policy.permissionSets).toEqual({
      Look: {
        description: "Look and leave alone",
        sessionDuration: "PT4H",
        relayState: "https://console.aws.amazon.com/s3/",
        awsManagedPolicies: [
          "arn:aws:iam::aws:policy/ReadOnlyAccess",
          "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
        ],
        customerManagedPolicies: [],
        inlinePolicy: null,
        permissionsBoundary: null,
        tags: { team: "yard" },
      },
      Weld: {
        description: null,
        sessionDuration: "PT1H",
        relayState: null,
        awsManagedPolicies: [],
        customerManagedPolicies: [{ name: "weld", path: "/yard/" }],
        inlinePolicy:
          '{"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
        permissionsBoundary: { customerManagedPolicy: { name: "limit", path: "/" } },
        tags: null,
      },
    });
  });

  it("merges assignments into rules and calls groups by name", async () => {
    const { policy, directory } = await importOf(aSampleState());
    expect(policy.rules).toMatchObject([
      {
        name: "Guards and Welders: Look in Drydock and Slipway",
        groups: ["Guards", "Welders"],
        permissionSets: ["Look"],
        targets: { accounts: ["222222222222", "333333333333"] },
      },
      {
        name: "ada@yard.example: Weld in Drydock",
        users: ["ada@yard.example"],
        targets: { accounts: ["222222222222"] },
      },
    ]);
    expect(directory.groups).toMatchObject([
      { name: "Guards", id: "0c9d8b7a-1111-4222-8333-944445555666" },
      { name: "Welders" },
    ]);
  });

  it("takes accounts from the organization where it is there", async () => {
    const { organization, notes } = await importOf(aSampleState());
    expect(organization).toMatchObject({
      managementAccount: "Harbour Office",
      accounts: [
        { name: "Harbour Office", id: "111111111111" },
        { name: "Drydock", id: "222222222222", email: "dry@yard.example" },
        { name: "Slipway", id: "333333333333" },
      ],
    });
    expect(notes).toContain(
      "The accounts' places in the organization are not read: all of them are below the root.",
    );
  });

  it("keeps a principal that is known by id only, with a note", async () => {
    const id = "93670a1b2c-5f0e1d2c-3b4a-4968-8776-655443322110";
    const { policy, directory, notes } = await importOf(
      stateOf(
        permissionSet("aws_ssoadmin_permission_set.look", "Look"),
        assignment("aws_ssoadmin_account_assignment.one[0]", "Look", ["GROUP", id, "222222222222"]),
        assignment("aws_ssoadmin_account_assignment.one[1]", "Look", ["GROUP", "nobody", "222222222222"]),
      ),
    );
    expect(policy.rules).toMatchObject([{ groups: ["5f0e1d2c-3b4a-4968-8776-655443322110"] }]);
    expect(directory.groups).toMatchObject([{ id: "5f0e1d2c-3b4a-4968-8776-655443322110" }]);
    expect(notes).toContainEqual(
      expect.stringContaining(`Group ${id} is known by its identity store id only`),
    );
    expect(notes).toContainEqual(expect.stringContaining("one[1]: nobody is no id of a group"));
    expect(notes).toContainEqual(expect.stringContaining("Account 222222222222 is known by id only"));
  });

  it("says that a group made by Terraform is not one of Entra", async () => {
    const { notes } = await importOf(
      stateOf(
        permissionSet("aws_ssoadmin_permission_set.look", "Look"),
        resource("aws_identitystore_group.crew", { group_id: "g-1", display_name: "Crew" }),
        assignment("aws_ssoadmin_account_assignment.crew", "Look", ["GROUP", "g-1", "222222222222"]),
      ),
    );
    expect(notes).toContainEqual(
      expect.stringContaining("aws_identitystore_group.crew makes group Crew in AWS"),
    );
  });

  it("leaves out assignments of permission sets that are not made here", async () => {
    const { policy, notes } = await importOf(
      stateOf(
        permissionSet("aws_ssoadmin_permission_set.look", "Look"),
        permissionSet("data.aws_ssoadmin_permission_set.old", "Old"),
        assignment("aws_ssoadmin_account_assignment.old", "Old", ["GROUP", "x", "222222222222"]),
        assignment("aws_ssoadmin_account_assignment.gone", "Gone", ["GROUP", "x", "222222222222"]),
        attachment("aws_ssoadmin_instance_access_control_attributes.abac", "Look", {}),
      ),
    );
    expect(policy.rules).toEqual([]);
    expect(notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/assignment\.old: the permission set Old is only read here/),
        expect.stringMatching(/assignment\.gone: its permission set \(arn:.*ps-Gone\) is not in this file/),
        expect.stringMatching(/access_control_attributes\.abac is not read/),
      ]),
    );
  });

  it("leaves out a permission set whose boundary it cannot read, rather than allow more", async () => {
    const { policy, notes } = await importOf(
      stateOf(
        permissionSet("aws_ssoadmin_permission_set.look", "Look"),
        attachment("aws_ssoadmin_permissions_boundary_attachment.look", "Look", {}),
      ),
    );
    expect(policy.permissionSets).toEqual({});
    expect(notes).toContain(
      "Look is left out, with its assignments: not everything that belongs to it is known.",
    );
  });

  it.each([
    ["not JSON", "no JSON"],
    [JSON.stringify({ version: 4, terraform_version: "1.9.8", lineage: "x", resources: [] }), "state file"],
    [JSON.stringify({ format_version: "2.0" }), "expected format version 1"],
    [JSON.stringify(stateOf(resource("aws_s3_bucket.b", {}))), "no aws_ssoadmin_… resources"],
    [
      JSON.stringify(
        stateOf(
          permissionSet("aws_ssoadmin_permission_set.a", "Look"),
          permissionSet("aws_ssoadmin_permission_set.b", "Look"),
        ),
      ),
      "both named Look",
    ],
  ])("refuses %.60s", async (text, message) => {
    await expect(importOf(text)).rejects.toThrow(message);
  });
});
