import {
  assignment,
  attachment,
  permissionSet,
  resource,
  type SampleResource,
  stateOf,
} from "./sample-show.ts";

const ACCESS = "module.access.aws_ssoadmin_account_assignment.this";

/** Two permission sets created in a module, five assignments, their groups and the organization as data sources. */
export function aSampleState(): object {
  return stateOf(...sampleSets(), ...samplePrincipals(), ...sampleAssignments());
}

function sampleSets(): SampleResource[] {
  const module = "module.sets";
  return [
    permissionSet(`${module}.aws_ssoadmin_permission_set.this["look"]`, "Look", {
      description: "Look and leave alone",
      session_duration: "PT4H",
      relay_state: "https://console.aws.amazon.com/s3/",
      tags_all: { team: "yard" },
    }),
    permissionSet(`${module}.aws_ssoadmin_permission_set.this["weld"]`, "Weld"),
    ...["ReadOnlyAccess", "job-function/ViewOnlyAccess"].map((name, index) =>
      attachment(`${module}.aws_ssoadmin_managed_policy_attachment.look[${index}]`, "Look", {
        managed_policy_arn: `arn:aws:iam::aws:policy/${name}`,
        managed_policy_name: name,
      }),
    ),
    attachment(`${module}.aws_ssoadmin_customer_managed_policy_attachment.weld`, "Weld", {
      customer_managed_policy_reference: [{ name: "weld", path: "/yard/" }],
    }),
    attachment(`${module}.aws_ssoadmin_permission_set_inline_policy.weld`, "Weld", {
      inline_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
      }),
    }),
    attachment(`${module}.aws_ssoadmin_permissions_boundary_attachment.weld`, "Weld", {
      permissions_boundary: [
        { customer_managed_policy_reference: [{ name: "limit", path: "" }], managed_policy_arn: "" },
      ],
    }),
  ];
}

function samplePrincipals(): SampleResource[] {
  return [
    resource("data.aws_ssoadmin_instances.this", { arns: [], identity_store_ids: ["d-9067aabbcc"] }),
    resource('data.aws_identitystore_group.this["guards"]', {
      group_id: "g-guards",
      display_name: "Guards",
      external_ids: [{ id: "0c9d8b7a-1111-4222-8333-944445555666", issuer: "https://scim.aws.com/x" }],
    }),
    resource('data.aws_identitystore_group.this["welders"]', {
      group_id: "g-welders",
      display_name: "Welders",
      external_ids: [],
    }),
    resource("data.aws_identitystore_user.ada", { user_id: "u-ada", user_name: "ada@yard.example" }),
    resource("data.aws_organizations_organization.this", {
      master_account_id: "111111111111",
      accounts: [
        { id: "111111111111", name: "Harbour Office", email: "office@yard.example" },
        { id: "222222222222", name: "Drydock", email: "dry@yard.example" },
        { id: "333333333333", name: "Slipway", email: "slip@yard.example" },
      ],
    }),
  ];
}

function sampleAssignments(): SampleResource[] {
  return [
    assignment(`${ACCESS}["guards-dry"]`, "Look", ["GROUP", "g-guards", "222222222222"]),
    assignment(`${ACCESS}["guards-slip"]`, "Look", ["GROUP", "g-guards", "333333333333"]),
    assignment(`${ACCESS}["welders-dry"]`, "Look", ["GROUP", "g-welders", "222222222222"]),
    assignment(`${ACCESS}["welders-slip"]`, "Look", ["GROUP", "g-welders", "333333333333"]),
    assignment(`${ACCESS}["ada-dry"]`, "Weld", ["USER", "u-ada", "222222222222"]),
  ];
}
