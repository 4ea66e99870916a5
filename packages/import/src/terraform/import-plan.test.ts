import { describe, expect, it } from "vitest";
import {
  assignment,
  importOf,
  moduleOf,
  permissionSet,
  resource,
  type SampleResource,
} from "../../test-support/sample-show.ts";

interface PlanParts {
  readonly planned: readonly SampleResource[];
  readonly read?: readonly SampleResource[];
  readonly configuration?: object;
}

/** The output of `terraform show -json` for a plan. */
function planOf({ planned, read = [], configuration = {} }: PlanParts): object {
  return {
    format_version: "1.2",
    planned_values: { root_module: moduleOf(planned) },
    prior_state: { format_version: "1.0", values: { root_module: moduleOf(read) } },
    configuration: { root_module: configuration },
  };
}

/** A resource that a plan creates: values known only after apply are absent. */
function planned(
  { address, values, ...more }: SampleResource,
  ...unknown: readonly string[]
): SampleResource {
  const known = Object.entries(values).filter(([key]) => !unknown.includes(key));
  return { address, ...more, values: Object.fromEntries(known) };
}

const GUARDS = resource("data.aws_identitystore_group.guards", { group_id: "g-1", display_name: "Guards" });

function newSet(address: string, name: string): SampleResource {
  return planned(permissionSet(address, name), "arn");
}

function newAssignment(address: string): SampleResource {
  return planned(assignment(address, "?", ["GROUP", "g-1", "222222222222"]), "permission_set_arn");
}

function configured(address: string, ...references: readonly string[]): object {
  return { address, expressions: { permission_set_arn: { references } } };
}

const LOOK = "aws_ssoadmin_permission_set.look";
const THIS = "aws_ssoadmin_permission_set.this";
const ASSIGNED = "aws_ssoadmin_account_assignment.guards";

describe("importTerraform, of a plan", () => {
  it("finds a permission set that is still to be made by the configuration's reference", async () => {
    const { policy, notes } = await importOf(
      planOf({
        planned: [newSet(LOOK, "Look"), newAssignment(ASSIGNED)],
        read: [GUARDS],
        configuration: { resources: [configured(ASSIGNED, `${LOOK}.arn`, LOOK)] },
      }),
    );
    expect(policy.rules).toMatchObject([{ groups: ["Guards"], permissionSets: ["Look"] }]);
    expect(notes.filter((note) => note.includes("after apply"))).toEqual([]);
  });

  it("follows a reference inside a module to the instance that it names", async () => {
    const { policy } = await importOf(
      planOf({
        planned: [
          newSet(`module.a["x.y"].${THIS}["look"]`, "Look"),
          newSet(`module.a["x.y"].${THIS}["weld"]`, "Weld"),
          newSet(`module.b.${THIS}["look"]`, "Other"),
          newAssignment(`module.a["x.y"].${ASSIGNED}`),
        ],
        read: [GUARDS],
        configuration: {
          module_calls: {
            a: {
              module: { resources: [configured(ASSIGNED, `${THIS}["weld"].arn`, `${THIS}["weld"]`, THIS)] },
            },
          },
        },
      }),
    );
    expect(policy.rules).toMatchObject([{ permissionSets: ["Weld"] }]);
  });

  it.each([
    ["an instance that each.key decides", [THIS, "each.key"]],
    [
      "one of two",
      [`${THIS}["look"].arn`, `${THIS}["look"]`, THIS, `${THIS}["weld"].arn`, `${THIS}["weld"]`],
    ],
    ["some instance", [THIS]],
    ["a condition", [`${THIS}["look"].arn`, `${THIS}["look"]`, THIS, "var.strict"]],
    ["the value of a variable", ["var.permission_set_arn"]],
  ])("reports a reference to %s and gives nobody anything", async (_, references) => {
    const { policy, notes } = await importOf(
      planOf({
        planned: [
          newSet(`${THIS}["look"]`, "Look"),
          newSet(`${THIS}["weld"]`, "Weld"),
          newAssignment(`${ASSIGNED}["dry"]`),
        ],
        read: [GUARDS],
        configuration: { resources: [configured(ASSIGNED, ...references)] },
      }),
    );
    expect(policy.rules).toEqual([]);
    expect(notes).toContain(
      `${ASSIGNED}["dry"]: which permission set it is for is known after apply only; left out. Import the state then.`,
    );
  });

  it("reports a principal and an account that are still to be made", async () => {
    const known = permissionSet(LOOK, "Look");
    const { policy, notes } = await importOf(
      planOf({
        planned: [
          known,
          planned(
            assignment(ASSIGNED, "Look", ["GROUP", "g-1", "222222222222"]),
            "target_id",
            "principal_id",
          ),
        ],
      }),
    );
    expect(Object.keys(policy.permissionSets)).toEqual(["Look"]);
    expect(policy.rules).toEqual([]);
    expect(notes).toContain(
      `${ASSIGNED}: principal_id, target_id is not known before apply, or not as expected; left out.`,
    );
  });

  it("leaves out new permission sets where a boundary may belong to any of them", async () => {
    const boundary = "aws_ssoadmin_permissions_boundary_attachment.this";
    const { policy, notes } = await importOf(
      planOf({
        planned: [
          newSet(`${THIS}["look"]`, "Look"),
          permissionSet("aws_ssoadmin_permission_set.old", "Old"),
          resource(`${boundary}["look"]`, {
            permissions_boundary: [{ managed_policy_arn: "arn:aws:iam::aws:policy/A" }],
          }),
        ],
        configuration: { resources: [configured(boundary, THIS, "each.key")] },
      }),
    );
    expect(Object.keys(policy.permissionSets)).toEqual(["Old"]);
    expect(notes).toContainEqual(expect.stringMatching(/^Look is left out, with its assignments/));
  });
});
