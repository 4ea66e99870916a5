import { expect, it } from "vitest";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { resourcesOf, statementsOf, VARIABLES } from "./synthesis.ts";

/** Actions on `*`, and why nothing narrower is possible. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  "logs:CreateLogDelivery": "Step Functions: log delivery knows no resource",
  "logs:DeleteLogDelivery": "Step Functions: log delivery knows no resource",
  "logs:DescribeLogGroups": "Step Functions: log delivery knows no resource",
  "logs:DescribeResourcePolicies": "Step Functions: log delivery knows no resource",
  "logs:GetLogDelivery": "Step Functions: log delivery knows no resource",
  "logs:ListLogDeliveries": "Step Functions: log delivery knows no resource",
  "logs:PutResourcePolicy": "Step Functions: log delivery knows no resource",
  "logs:UpdateLogDelivery": "Step Functions: log delivery knows no resource",
  "organizations:DescribeOrganization": "Organizations: the action knows no resource",
  "organizations:ListAccounts": "Organizations: the action knows no resource",
  "organizations:ListRoots": "Organizations: the action knows no resource",
  "sso:ListInstances": "Identity Center: the action knows no resource",
  "sts:GetWebIdentityToken": "STS: the action knows no resource; audience and algorithm are conditions",
  "xray:GetSamplingRules": "X-Ray: the action knows no resource",
  "xray:GetSamplingTargets": "X-Ray: the action knows no resource",
  "xray:PutTelemetryRecords": "X-Ray: the action knows no resource",
  "xray:PutTraceSegments": "X-Ray: the action knows no resource",
};

/** Characters of all inline policies of a role together (IAM quotas). */
const MOST_CHARACTERS = 10_240;

interface Trust {
  readonly Statement: readonly { readonly Principal?: { readonly Service?: string } }[];
}

function serviceOf({ Statement: [statement] }: Trust): string {
  return statement?.Principal?.Service ?? "";
}

export function aboutRoles(made: () => Synthesis): void {
  const roles = () => resourcesOf(made(), "Role");

  it("allow no action by a wildcard", () => {
    for (const role of roles()) {
      const actions = statementsOf(role).flatMap(({ Action }) => Action);
      expect(actions.length, role.name).toBeGreaterThan(0);
      expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    }
  });

  it("allow on everything only what knows no resource", () => {
    const wide = roles().flatMap((role) =>
      statementsOf(role)
        .filter(({ Resource }) => Resource.includes("*"))
        .flatMap(({ Action }) => Action),
    );
    expect([...new Set(wide)].toSorted()).toEqual(Object.keys(ON_EVERYTHING).toSorted());
  });

  it("fit into a role", () => {
    for (const role of roles()) {
      const [{ policy }] = role.inputs["inlinePolicies"] as [{ policy: string }];
      expect(policy.length, role.name).toBeLessThanOrEqual(MOST_CHARACTERS);
    }
  });

  it("can be taken on by one service each, for this account only", () => {
    for (const role of roles().filter(({ name }) => name !== "SignInRole")) {
      const trust = JSON.parse(String(role.inputs["assumeRolePolicy"])) as Trust;
      expect(trust.Statement, role.name).toEqual([
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: expect.stringMatching(/^(lambda|states|events|scheduler)\.amazonaws\.com$/) },
          // Lambda assumes a function's role itself; the others act for anybody who may configure them.
          ...(!serviceOf(trust).startsWith("lambda.") && {
            Condition: expect.objectContaining({ StringEquals: { "aws:SourceAccount": "123456789012" } }),
          }),
        },
      ]);
    }
  });

  it("deny to give or take access in the management account, wherever access is written", () => {
    for (const role of writers()) {
      expect(denialsOf(role), role.name).toContainEqual({
        Effect: "Deny",
        Action: expect.arrayContaining(writesOf(role)),
        Resource: ["arn:aws:sso:::account/999999999999"],
      });
    }
  });

  it("deny to remove or change a break-glass permission set", () => {
    expect(VARIABLES.LANDBRIDGE_BREAK_GLASS_PERMISSION_SETS).toBe("BreakGlass");
    const denied = roles().flatMap((role) =>
      denialsOf(role).filter(({ Resource }) => Resource.some((arn) => arn.includes("/ps-breakglass"))),
    );
    const actions = new Set(denied.flatMap(({ Action }) => Action));
    expect([...actions]).toEqual(
      expect.arrayContaining([
        "sso:DeleteAccountAssignment",
        "sso:DeletePermissionSet",
        "sso:ProvisionPermissionSet",
        "sso:PutInlinePolicyToPermissionSet",
        "sso:UpdatePermissionSet",
      ]),
    );
  });

  it("let one function write the access policy, one keep proposals and one remove them", () => {
    expect(whoMay("s3:PutObject", "policy/access.yaml")).toEqual(["sync-access/promote-policy"]);
    expect(whoMay("s3:PutObject", "policy/proposed/hash.yaml")).toEqual(["api/api"]);
    expect(whoMay("s3:DeleteObject", "policy/proposed/hash.yaml")).toEqual(["sync-access/discard-proposal"]);
    expect(whoMay("s3:DeleteObject", "policy/access.yaml")).toEqual([]);
  });

  it.each([
    ["sync-access/plan/hash.json", ["sync-access/hold-plan", "sync-access/plan-changes"]],
    ["sync-access/instance/hash.json", ["sync-access/read-instance"]],
    ["sync-access/directory/hash.json", ["sync-access/read-directory"]],
    ["sync-access/organization/hash.json", ["sync-access/read-organization"]],
    ["sync-access/permission-sets/hash.json", ["sync-access/apply-permission-sets"]],
    ["sync-access/outcome/hash.json", ["sync-access/apply-assignments"]],
    ["sync-access/reports/one.json", ["sync-access/publish-report"]],
    ["changes/claims/id.json", ["drain-changes/claim-changes"]],
    ["connect/federation-metadata-id.xml", ["connect/fetch-federation-metadata"]],
    ["health/latest.json", ["watch/publish-health"]],
    ["anything/else.json", []],
  ])("let only the functions that make it write %s", (key, functions) => {
    expect(whoMay("s3:PutObject", key)).toEqual(functions);
  });

  it("reach records of the kinds that they name only, never a whole table or a request without a kind", () => {
    for (const role of roles()) {
      for (const { Action, Condition } of statementsOf(role)) {
        const actions = Action.filter((action) => action.startsWith("dynamodb:"));
        if (actions.length === 0) continue;
        expect(actions, role.name).toEqual([
          expect.stringMatching(/^dynamodb:(GetItem|Query|UpdateItem|DeleteItem)$/),
        ]);
        expect(Condition, role.name).toEqual({
          "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": expect.any(Array) as string[] },
          Null: { "dynamodb:LeadingKeys": "false" },
        });
        expect(kindsOf(Condition)).not.toEqual([]);
      }
    }
  });

  it.each([
    // Which functions may write each kind.
    ["decision", ["api/api"]],
    ["policy-version", ["sync-access/promote-policy"]],
    ["deletions", ["sync-access/apply-assignments", "sync-access/check-guardrails"]],
    ["ledger", ["sync-access/apply-assignments", "sync-access/plan-changes"]],
    ["pause", ["api/api"]],
  ])("let only some functions write records of the kind %s", (kind, functions) => {
    const writing = roles().filter((role) =>
      statementsOf(role).some(
        ({ Action, Condition }) =>
          /:(UpdateItem|DeleteItem)$/.test(Action.join()) && kindsOf(Condition).includes(kind),
      ),
    );
    expect(writing.map(functionOf)).toEqual(functions);
  });

  it("let functions that call Graph take on the one role that Entra trusts, and only these", () => {
    const [signIn] = roles().filter(({ name }) => name === "SignInRole");
    const trust = JSON.parse(String(signIn?.inputs["assumeRolePolicy"])) as {
      Statement: [{ Principal: { AWS: string[] } }];
    };
    const assuming = roles().filter((role) =>
      statementsOf(role).some(({ Action }) => Action.includes("sts:AssumeRole")),
    );
    expect(trust.Statement[0].Principal.AWS.toSorted()).toEqual(
      assuming.map(({ inputs }) => `arn:aws:iam::123456789012:role/${String(inputs["name"])}`).toSorted(),
    );
    expect(assuming.length).toBeGreaterThan(10);
  });

  /** Functions whose role allows the action on the object. */
  function whoMay(action: string, key: string): string[] {
    const allows = ({ Effect, Action, Resource }: ReturnType<typeof statementsOf>[number]) =>
      Effect === "Allow" && Action.includes(action) && Resource.some((arn) => isAbout(arn, key));
    return roles()
      .filter((role) => statementsOf(role).some(allows))
      .map(functionOf);
  }

  function writers() {
    return roles().filter((role) => writesOf(role).length > 0);
  }
}

type Role = ReturnType<typeof resourcesOf>[number];

function writesOf(role: Role): string[] {
  return statementsOf(role)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action)
    .filter((action) =>
      /^sso:(CreateAccountAssignment|DeleteAccountAssignment|ProvisionPermissionSet)$/.test(action),
    );
}

/** @param arn of objects, with `*` at its end for anything */
function isAbout(arn: string, key: string): boolean {
  const [, pattern = ""] = /^arn:aws:s3:::[^/]+\/(.+)$/.exec(arn) ?? [];
  return pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : pattern === key;
}

function kindsOf(condition: unknown): readonly string[] {
  const { "ForAllValues:StringEquals": kinds } = (condition ?? {}) as {
    readonly "ForAllValues:StringEquals"?: { readonly "dynamodb:LeadingKeys": readonly string[] };
  };
  return kinds?.["dynamodb:LeadingKeys"] ?? [];
}

/** `sync-access/plan-changes` */
function functionOf({ name }: Role): string {
  return name.replace(/Role$/, "");
}

function denialsOf(role: Role) {
  return statementsOf(role).filter(({ Effect }) => Effect === "Deny");
}
