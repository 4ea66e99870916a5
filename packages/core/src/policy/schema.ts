import * as z from "zod";
import { ConventionInput } from "./convention-schema.ts";
import { Expiry } from "./expiry.ts";
import { GuardrailsInput } from "./guardrails-schema.ts";
import { isObjectId } from "./object-id.ts";
import { PermissionSetInput } from "./permission-set-schema.ts";

const name = z.string().min(1);
const group = name.describe("Display name of a group, exactly as in Entra, or its object id.");
const user = name
  .refine((text) => text.includes("@") || isObjectId(text), {
    error: "expected a user principal name (ada@example.com) or an object id",
  })
  .describe("User principal name or object id.");
const permissionSet = name.describe("Name of a permission set of this file.");
const ou = name.describe(
  "Path of an organizational unit from the root down (Workloads/Production) or its id; the accounts below are included.",
);
const account = name
  .refine((text) => !/^\d+$/.test(text) || text.length === 12, {
    error: "expected an account name or twelve digits",
  })
  .describe("Name of an account, exactly as in AWS Organizations, or its id in quotes.");
const accountTags = z
  .record(name, z.union([z.string(), z.array(z.string()).min(1)]))
  .default({})
  .describe("Tags of the account: it matches if it has one of the values for every key.");

const Targets = z
  .strictObject({
    root: z.boolean().default(false).describe("Every account of the organization."),
    ou: z.array(ou).default([]),
    accountTags,
    accounts: z.array(account).default([]),
  })
  .refine((targets) => hasTarget(targets), {
    error: "expected at least one target: root: true, ou, accountTags or accounts",
  })
  .describe("Where the rule applies. Several kinds are combined (union).");

const Except = z
  .strictObject({
    groups: z.array(group).default([]),
    users: z.array(user).default([]),
    permissionSets: z.array(permissionSet).default([]),
    ou: z.array(ou).default([]),
    accountTags,
    accounts: z.array(account).default([]),
  })
  .describe("What the rule leaves out. It does not affect other rules.");

const Rule = z
  .strictObject({
    name: name.describe(
      "What the rule is for; unique in the file and shown as the reason of every assignment.",
    ),
    groups: z.array(group).default([]),
    users: z.array(user).default([]),
    nested: z
      .enum(["ignore", "expand"])
      .default("ignore")
      .describe(
        "expand: also assigns groups nested in the named ones. Entra never syncs their members through the parent.",
      ),
    permissionSets: z.array(permissionSet).min(1),
    expires: Expiry.optional(),
    targets: Targets,
    except: Except.optional(),
  })
  .refine((rule) => rule.groups.length + rule.users.length > 0, {
    error: "expected at least one group or user",
  })
  .describe("Who gets what, where.");

/** `access.yaml` as it is written: the desired access. */
export const AccessPolicyFile = z
  .strictObject({
    version: z.literal(1),
    permissionSets: z.record(
      z
        .string()
        .regex(/^[\w+=,.@-]{1,32}$/, "a permission set name has 1 to 32 letters, digits or + = , . @ - _"),
      PermissionSetInput,
    ),
    rules: z.array(Rule),
    conventions: z.array(ConventionInput).default([]),
    guardrails: GuardrailsInput.optional(),
  })
  .meta({ title: "Access policy", description: "Desired access: permission sets and who gets them where." });
export type AccessPolicyFile = z.infer<typeof AccessPolicyFile>;

function hasTarget(targets: {
  readonly root: boolean;
  readonly ou: readonly string[];
  readonly accountTags: Readonly<Record<string, unknown>>;
  readonly accounts: readonly string[];
}): boolean {
  const { root, ou, accountTags, accounts } = targets;
  return root || ou.length + accounts.length + Object.keys(accountTags).length > 0;
}
