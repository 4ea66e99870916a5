import { z } from "zod";

// Only what is read here; a landing zone has much more. A key whose entries are all commented out has no value.

const text = z.string().trim().min(1);

function list<T>(entry: z.ZodType<T>) {
  return z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? []);
}

/** `replacements-config.yaml` */
export const ReplacementsConfig = z.object({
  globalReplacements: list(
    z.object({
      key: text,
      path: text.nullish(),
      value: z.union([z.string(), z.array(z.string())]).nullish(),
    }),
  ),
});

/** `global-config.yaml` */
export const GlobalConfig = z.object({
  homeRegion: text.nullish(),
  managementAccountAccessRole: text.nullish(),
});
export type GlobalConfig = z.infer<typeof GlobalConfig>;

/** `organization-config.yaml` */
export const OrganizationConfig = z.object({
  organizationalUnits: list(z.object({ name: text, ignore: z.boolean().default(false) })),
});
export type OrganizationConfig = z.infer<typeof OrganizationConfig>;

const ZoneAccount = z.object({ name: text, email: text, organizationalUnit: text.default("Root") });
export type ZoneAccount = z.infer<typeof ZoneAccount>;

/** `accounts-config.yaml` */
export const AccountsConfig = z.object({
  mandatoryAccounts: list(ZoneAccount),
  workloadAccounts: list(ZoneAccount),
  accountIds: list(
    z.object({
      email: text,
      // Without quotes YAML reads an account id as a number and drops its leading zeros.
      accountId: z.union([z.string(), z.number().transform((id) => String(id).padStart(12, "0"))]),
    }),
  ),
});
export type AccountsConfig = z.infer<typeof AccountsConfig>;

// An unknown key in the section is refused: a boundary or an exclusion with a mistyped key would grant access.

const Boundary = z.strictObject({
  customerManagedPolicy: z.strictObject({ name: text, path: text.default("/") }).nullish(),
  awsManagedPolicyName: text.nullish(),
});

const ZonePermissionSet = z.strictObject({
  name: text,
  description: text.nullish(),
  /** Minutes. */
  sessionDuration: z.number().nullish(),
  policies: z
    .strictObject({
      awsManaged: list(text),
      customerManaged: list(text),
      acceleratorManaged: list(text),
      inlinePolicy: text.nullish(),
      permissionsBoundary: Boundary.nullish(),
    })
    .nullish(),
});
export type ZonePermissionSet = z.infer<typeof ZonePermissionSet>;

const PrincipalType = z.enum(["USER", "GROUP"]);

const ZoneAssignment = z.strictObject({
  name: text,
  permissionSetName: text,
  /** The old form: an id of the identity store. */
  principalId: text.nullish(),
  principalType: PrincipalType.nullish(),
  principals: list(z.strictObject({ type: PrincipalType, name: text })),
  deploymentTargets: z.strictObject({
    accounts: list(text),
    organizationalUnits: list(text),
    excludedAccounts: list(text),
    excludedRegions: list(text),
  }),
});
export type ZoneAssignment = z.infer<typeof ZoneAssignment>;

/** `iam-config.yaml` */
export const IamConfig = z.object({
  identityCenter: z.strictObject({
    name: text.nullish(),
    delegatedAdminAccount: text.nullish(),
    identityCenterPermissionSets: list(ZonePermissionSet),
    identityCenterAssignments: list(ZoneAssignment),
  }),
  /** Where the landing zone creates the policies of `acceleratorManaged`. */
  policySets: list(z.object({ policies: list(z.object({ name: text })) })),
});
export type IamConfig = z.infer<typeof IamConfig>;
