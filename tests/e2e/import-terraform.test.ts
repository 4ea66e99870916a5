import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type MadeAssignment, type MadeSet, workWithAnotherTool } from "../support/another-tool.ts";
import { aFolder, connectedSandbox, imported } from "../support/imported.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

const INSTANCE = "arn:aws:sso:::instance/ssoins-7223aa11bb22cc33";
const AWS = "arn:aws:iam::aws:policy/";
const INLINE = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: ["iam:CreateUser"], Resource: "*" }],
};

interface Resource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** `aws_ssoadmin_permission_set.weld`; with `data.` in front of it a data source. */
function resource(address: string, values: Readonly<Record<string, unknown>>): Resource {
  const data = address.includes("data.");
  const type = address.replace(/^(module\.\w+\.)?(data\.)?/, "").split(".")[0] ?? "";
  return { address, mode: data ? "data" : "managed", type, values };
}

function arnOf(set: string): string {
  return `arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-${set}`;
}

function attached(type: string, set: string, values: Readonly<Record<string, unknown>>): Resource {
  return resource(`aws_ssoadmin_${type}.${set.toLowerCase()}`, {
    instance_arn: INSTANCE,
    permission_set_arn: arnOf(set),
    ...values,
  });
}

function assigned(
  name: string,
  set: string,
  [type, id, account]: readonly [string, string, string],
): Resource {
  return resource(`aws_ssoadmin_account_assignment.${name}`, {
    instance_arn: INSTANCE,
    permission_set_arn: arnOf(set),
    principal_type: type,
    principal_id: id,
    target_id: account,
    target_type: "AWS_ACCOUNT",
  });
}

/** Output of `terraform show -json` for a yard: two permission sets with every kind of attachment, four assignments. */
const YARD: readonly Resource[] = [
  resource("aws_ssoadmin_permission_set.weld", {
    arn: arnOf("Weld"),
    name: "Weld",
    description: "Welds what is to be welded",
    session_duration: "PT4H",
    relay_state: "https://console.aws.amazon.com/ec2/",
    tags: { team: "yard" },
    tags_all: { team: "yard", managed: "terraform" },
  }),
  resource("aws_ssoadmin_permission_set.look", {
    arn: arnOf("Look"),
    name: "Look",
    description: "",
    session_duration: "PT1H",
    relay_state: "",
    tags: null,
    tags_all: {},
  }),
  attached("managed_policy_attachment", "Look", { managed_policy_arn: `${AWS}ReadOnlyAccess` }),
  attached("managed_policy_attachment", "Weld", { managed_policy_arn: `${AWS}AmazonEC2FullAccess` }),
  attached("customer_managed_policy_attachment", "Weld", {
    customer_managed_policy_reference: [{ name: "weld", path: "/yard/" }],
  }),
  attached("permission_set_inline_policy", "Weld", { inline_policy: JSON.stringify(INLINE) }),
  attached("permissions_boundary_attachment", "Weld", {
    permissions_boundary: [
      { managed_policy_arn: `${AWS}PowerUserAccess`, customer_managed_policy_reference: [] },
    ],
  }),
  resource("data.aws_identitystore_group.welders", {
    group_id: "g-1",
    display_name: "Welders",
    external_ids: [],
  }),
  resource("data.aws_identitystore_user.ada", { user_id: "u-1", user_name: "ada@yard.example" }),
  resource("data.aws_organizations_organization.this", {
    master_account_id: "111111111111",
    accounts: [
      { id: "111111111111", name: "Office", email: "office@yard.example" },
      { id: "222222222222", name: "Drydock", email: "dry@yard.example" },
      { id: "333333333333", name: "Slipway", email: "slip@yard.example" },
    ],
  }),
  assigned("welders_dry", "Weld", ["GROUP", "g-1", "222222222222"]),
  assigned("welders_slip", "Weld", ["GROUP", "g-1", "333333333333"]),
  assigned("welders_look", "Look", ["GROUP", "g-1", "333333333333"]),
  assigned("ada_look", "Look", ["USER", "u-1", "222222222222"]),
];

const SETS: readonly MadeSet[] = [
  {
    name: "Weld",
    description: "Welds what is to be welded",
    sessionDuration: "PT4H",
    relayState: "https://console.aws.amazon.com/ec2/",
    tags: { team: "yard", managed: "terraform" },
    managed: [`${AWS}AmazonEC2FullAccess`],
    customerManaged: [{ name: "weld", path: "/yard/" }],
    inline: INLINE,
    boundary: { ManagedPolicyArn: `${AWS}PowerUserAccess` },
  },
  { name: "Look", sessionDuration: "PT1H", managed: [`${AWS}ReadOnlyAccess`] },
];

const ASSIGNMENTS: readonly MadeAssignment[] = [
  ["Weld", { group: "Welders" }, "222222222222"],
  ["Weld", { group: "Welders" }, "333333333333"],
  ["Look", { group: "Welders" }, "333333333333"],
  ["Look", { user: "ada@yard.example" }, "222222222222"],
];

function shown(document: object): string {
  const file = join(aFolder(), "show.json");
  writeFileSync(file, JSON.stringify({ format_version: "1.2", terraform_version: "1.9.8", ...document }));
  return file;
}

describe("landbridge import terraform", () => {
  it("of a state: an empty plan where Terraform has done its work", async () => {
    const result = await imported("terraform", shown({ values: { root_module: { resources: YARD } } }));
    const host = await connectedSandbox(result);
    await workWithAnotherTool(host, { sets: SETS, assignments: ASSIGNMENTS });

    const plan = await cliOf(host).run("plan", "--policy", result.access);

    expect(plan.out, plan.err).toContain("0 to create, 0 to delete, 4 unchanged");
    expect(plan).toMatchObject({ exitCode: 0 });
  });

  it("of a plan: Landbridge's plan has what Terraform's has, and no more", async () => {
    const { values: look, ...addressed } = resource("aws_ssoadmin_account_assignment.ada_weld", {
      instance_arn: INSTANCE,
      permission_set_arn: arnOf("Weld"),
      principal_type: "USER",
      principal_id: "u-1",
      target_id: "333333333333",
    });
    const result = await imported(
      "terraform",
      shown({
        planned_values: {
          root_module: {
            resources: [...YARD.filter(({ mode }) => mode === "managed"), { ...addressed, values: look }],
          },
        },
        prior_state: { values: { root_module: { resources: YARD } } },
      }),
    );
    const host = await connectedSandbox(result);
    await workWithAnotherTool(host, { sets: SETS, assignments: ASSIGNMENTS });

    const plan = await cliOf(host).run("plan", "--policy", result.access);

    expect(plan).toMatchObject({ exitCode: 2 });
    expect(plan.out).toContain("1 to create, 0 to delete, 4 unchanged");
    expect(plan.out).toContain("Permission sets: 0 to create, 0 to update, 0 to delete");
    expect(plan.out).toMatch(/Slipway \(333333333333\)\n {2}\+ Weld {2}user ada@yard\.example/);
  });

  it("says what it takes instead of a file of another kind, and by address what it could not read", async () => {
    const kept = join(aFolder(), "terraform.tfstate");
    writeFileSync(
      kept,
      JSON.stringify({ version: 4, terraform_version: "1.9.8", lineage: "x", resources: [] }),
    );
    const refused = await runCli("import", "terraform", kept, "--out", aFolder());
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.err).toContain("terraform show -json");

    const gone = assigned("gone", "Gone", ["GROUP", "g-1", "222222222222"]);
    const odd = resource("aws_ssoadmin_application.odd", { name: "Odd" });
    const { notes } = await imported(
      "terraform",
      shown({ values: { root_module: { resources: [...YARD, gone, odd] } } }),
    );
    expect(notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_ssoadmin_application\.odd is not read/),
        expect.stringMatching(
          /^aws_ssoadmin_account_assignment\.gone: its permission set .* is not in this file/,
        ),
      ]),
    );
  });
});
