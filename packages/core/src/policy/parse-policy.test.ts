import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseAccessPolicy } from "./parse-policy.ts";
import { AccessPolicyFile } from "./schema.ts";

const SETS = "version: 1\npermissionSets:\n  ReadOnly: {}\n";
const RULE =
  "rules:\n  - name: look\n    groups: [Engineering]\n    permissionSets: [ReadOnly]\n    targets: { root: true }\n";

function messageOf(text: string): string {
  try {
    parseAccessPolicy(text, "access.yaml");
  } catch (error) {
    return error instanceof Error ? `${error.name} ${error.message}` : String(error);
  }
  return "accepted";
}

function specWith(line: string): unknown {
  const text = `version: 1\npermissionSets:\n  P:\n${line}rules: []\n`;
  return parseAccessPolicy(text, "access.yaml").permissionSets["P"];
}

function withConvention(lists: string): string {
  return (
    "version: 1\npermissionSets:\n  Admin: { awsManagedPolicies: [AdministratorAccess] }\nrules: []\n" +
    `conventions:\n  - pattern: "AWS-{account}-{permissionSet}"\n    ${lists}\n`
  );
}

describe("parsing an access policy", () => {
  it("brings a permission set to its canonical form", () => {
    const policy = parseAccessPolicy(
      `version: 1
permissionSets:
  Deploy:
    description: For pipelines
    sessionDuration: PT240M
    relayState: https://eu-central-1.console.aws.amazon.com/ecs/
    awsManagedPolicies: [job-function/ViewOnlyAccess, ReadOnlyAccess, arn:aws:iam::aws:policy/ReadOnlyAccess]
    customerManagedPolicies: [{ name: B, path: /team/ }, { name: A, path: /team/ }, C]
    inlinePolicy: { Version: 2012-10-17, Statement: [{ Resource: "*", Effect: Allow, Action: "s3:Get*" }] }
    permissionsBoundary: { customerManagedPolicy: Limit }
    tags: { team: web, owner: platform }
rules: []
`,
      "access.yaml",
    );

    expect(policy.permissionSets["Deploy"]).toEqual({
      description: "For pipelines",
      sessionDuration: "PT4H",
      relayState: "https://eu-central-1.console.aws.amazon.com/ecs/",
      awsManagedPolicies: [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      ],
      customerManagedPolicies: [
        { name: "C", path: "/" },
        { name: "A", path: "/team/" },
        { name: "B", path: "/team/" },
      ],
      inlinePolicy:
        '{"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
      permissionsBoundary: { customerManagedPolicy: { name: "Limit", path: "/" } },
      tags: { owner: "platform", team: "web" },
    });
  });

  it("takes an inline policy written as JSON for the same as one written as YAML", () => {
    const yaml = "    inlinePolicy: { Version: 2012-10-17, Statement: [] }\n";
    const json = `    inlinePolicy: '{"Statement": [],  "Version": "2012-10-17"}'\n`;
    expect(specWith(json)).toEqual(specWith(yaml));
  });

  it("fills in what a rule does not say and keeps where it stands", () => {
    const [rule] = parseAccessPolicy(SETS + RULE, "access.yaml").rules;

    expect(rule).toMatchObject({
      at: { file: "access.yaml", line: 5, column: 5 },
      users: [],
      nested: "ignore",
      targets: { root: true, ou: [], accountTags: {}, accounts: [] },
      except: {
        groups: [],
        users: [],
        permissionSets: [],
        root: false,
        ou: [],
        accountTags: {},
        accounts: [],
      },
    });
  });

  it.each([
    [
      "AWS-{account}",
      "expected {account} and {permissionSet} once each, as in AWS-{account}-{permissionSet}",
    ],
    [
      "AWS-{acount}-{permissionSet}",
      "expected {account} and {permissionSet} once each, as in AWS-{account}-{permissionSet}",
    ],
    [
      "AWS-{account}-{account}-{permissionSet}",
      "expected {account} and {permissionSet} once each, as in AWS-{account}-{permissionSet}",
    ],
    ["A-{account}-{permissionSet}", "expected at least 3 characters before the first placeholder"],
    ["AWS-{account}-{permissionSet} ", "expected no spaces around the pattern"],
  ])("refuses the naming convention %j", (pattern, message) => {
    const text = `${SETS}rules: []\nconventions:\n  - pattern: "${pattern}"\n    permissionSets: [ReadOnly]\n`;
    expect(messageOf(text)).toBe(`PolicyInvalid access.yaml:6:14 conventions[0].pattern: ${message}`);
  });

  it("lets names grant privileged permission sets only where they are listed as such", () => {
    expect(messageOf(withConvention("permissionSets: [Admin]"))).toBe(
      'PolicyInvalid access.yaml:7:22 conventions[0].permissionSets[0]: "Admin" is privileged (AdministratorAccess): ' +
        "a name grants it only if it is listed under privileged",
    );
    expect(messageOf(withConvention("privileged: [Admni]"))).toBe(
      'PolicyInvalid access.yaml:7:18 conventions[0].privileged[0]: this file defines no permission set "Admni" (did you mean "Admin"?)',
    );
    expect(messageOf(withConvention("privileged: []"))).toContain(
      "expected at least one permission set that a name may grant",
    );
    expect(parseAccessPolicy(withConvention("privileged: [Admin]"), "access.yaml").conventions).toEqual([
      {
        pattern: "AWS-{account}-{permissionSet}",
        at: { file: "access.yaml", line: 6, column: 5 },
        permissionSets: [],
        privileged: ["Admin"],
      },
    ]);
  });

  it("takes limits that it does not say from the deployment", () => {
    const text = `${SETS}rules: []\nguardrails: { maxDeletions: 3, approveAbove: { accounts: 10 }, paused: true }\n`;
    expect(parseAccessPolicy(text, "access.yaml").guardrails).toEqual({
      maxDeletions: 3,
      maxDeletionPercent: null,
      deletionsPerDay: null,
      approveAbove: { assignments: null, accounts: 10 },
      paused: true,
    });
    expect(messageOf(`${SETS}rules: []\nguardrails: { maxDeletion: 3 }\n`)).toBe(
      'PolicyInvalid access.yaml:5:15 guardrails: unknown key "maxDeletion" (did you mean "maxDeletions"?)',
    );
  });

  it("takes a single tag value for a list of one", () => {
    const text = `${SETS}${RULE.replace("root: true", "accountTags: { env: prod, team: [a, b] }")}`;
    expect(parseAccessPolicy(text, "access.yaml").rules[0]?.targets.accountTags).toEqual({
      env: ["prod"],
      team: ["a", "b"],
    });
  });

  it.each([
    [
      "an account id without quotes",
      RULE.replace("root: true", "accounts: [123456789012]"),
      'access.yaml:8:27 rules[0].targets.accounts[0]: expected text, found the number 123456789012; put account ids in quotes: "123456789012"',
    ],
    [
      "an account id of eleven digits",
      RULE.replace("root: true", 'accounts: ["12345678901"]'),
      "access.yaml:8:27 rules[0].targets.accounts[0]: expected an account name or twelve digits",
    ],
    [
      "a rule for nobody",
      RULE.replace("[Engineering]", "[]"),
      "access.yaml:5:5 rules[0]: expected at least one group or user",
    ],
    [
      "a rule without permission set",
      RULE.replace("[ReadOnly]", "[]"),
      "access.yaml:7:5 rules[0].permissionSets: expected at least 1 entry, found 0",
    ],
    [
      "a rule without target",
      RULE.replace("root: true", ""),
      "access.yaml:8:5 rules[0].targets: expected at least one target: root: true, ou, accountTags or accounts",
    ],
    [
      "a target that is off",
      RULE.replace("root: true", "root: false"),
      "access.yaml:8:5 rules[0].targets: expected at least one target: root: true, ou, accountTags or accounts",
    ],
    [
      "a user without domain",
      RULE.replace("groups: [Engineering]", "users: [ada]"),
      "access.yaml:6:13 rules[0].users[0]: expected a user principal name (ada@example.com) or an object id",
    ],
    [
      "a permission set that is not there",
      RULE.replace("[ReadOnly]", "[Readonly]"),
      'access.yaml:7:22 rules[0].permissionSets[0]: this file defines no permission set "Readonly" (did you mean "ReadOnly"?)',
    ],
    [
      "a day that does not exist",
      RULE.replace("targets:", "expires: 2026-02-30\n    targets:"),
      "access.yaml:8:14 rules[0].expires: expected a day (2027-03-31) or a time with its offset (2027-03-31T18:00:00+02:00)",
    ],
    [
      "two rules of one name",
      RULE + RULE.replace("rules:\n", ""),
      "access.yaml:9:11 rules[1].name: the rule at line 5 has the same name; names must be unique",
    ],
  ])("refuses %s", (_, rules, message) => {
    expect(messageOf(SETS + rules)).toBe(`PolicyInvalid ${message}`);
  });

  it.each([
    ["a name of 33 letters", `  ${"x".repeat(33)}: {}`, "a permission set name has 1 to 32 letters"],
    ["a session of 13 hours", "  P: { sessionDuration: PT13H }", "expected a duration from PT1H to PT12H"],
    [
      "a session of half an hour",
      "  P: { sessionDuration: PT30M }",
      "expected a duration from PT1H to PT12H",
    ],
    [
      "a customer's policy among AWS's",
      "  P: { awsManagedPolicies: ['arn:aws:iam::123456789012:policy/X'] }",
      "awsManagedPolicies[0]: this is a customer managed policy: name it under customerManagedPolicies",
    ],
    [
      "26 managed policies",
      `  P: { customerManagedPolicies: [X], awsManagedPolicies: [${Array.from({ length: 25 }, (_, n) => `P${n}`).join(", ")}] }`,
      "expected at most 25 managed policies",
    ],
    [
      "an inline policy that is no document",
      "  P: { inlinePolicy: '[]' }",
      "inlinePolicy: expected a policy document",
    ],
    [
      "an inline policy without statement",
      "  P: { inlinePolicy: { Version: 2012-10-17 } }",
      "expected a policy document with Version and Statement",
    ],
    [
      "an inline policy that is too long",
      `  P: { inlinePolicy: { Version: 2012-10-17, Statement: [{ Sid: ${"x".repeat(10_240)} }] } }`,
      "expected at most 10240 characters without white space, found 10289",
    ],
    ["a tag of AWS's own", "  P: { tags: { 'aws:x': y } }", "tags that begin with aws: are reserved by AWS"],
    [
      "a relay state that is none",
      "  P: { relayState: <here> }",
      "expected the URL of a page of the AWS console",
    ],
    [
      "two boundaries",
      "  P: { permissionsBoundary: { awsManagedPolicy: A, customerManagedPolicy: B } }",
      "permissionsBoundary: expected either awsManagedPolicy or customerManagedPolicy",
    ],
  ])("refuses %s", (_, sets, message) => {
    expect(messageOf(`version: 1\npermissionSets:\n${sets}\nrules: []\n`)).toContain(message);
  });

  it("does not trim the names of groups, which grant access", () => {
    const text = SETS + RULE.replace("[Engineering]", "['Engineering ']");
    expect(parseAccessPolicy(text, "access.yaml").rules[0]?.groups).toEqual(["Engineering "]);
  });

  it("has a JSON Schema of what a person writes, for editors", () => {
    const schema = z.toJSONSchema(AccessPolicyFile, { io: "input" });
    expect(schema).toMatchObject({
      title: "Access policy",
      required: ["version", "permissionSets", "rules"],
      properties: { rules: { items: { properties: { nested: { enum: ["ignore", "expand"] } } } } },
    });
  });
});
