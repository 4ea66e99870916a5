import { z } from "zod";

// Only what is read here; a landing zone says much more. A key whose entries are all commented out has no value.

const text = z.string().trim().min(1);

function list<T>(entry: z.ZodType<T>) {
  return z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? []);
}

/** `replacements-config.yaml` */
export const ReplacementsConfig = z.object({
  globalReplacements: list(z.object({ key: text, type: z.string().optional(), value: z.unknown() })),
});

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
      // Without quotes YAML takes an account id for a number and drops its zeros in front.
      accountId: z.union([z.string(), z.number().transform((id) => String(id).padStart(12, "0"))]),
    }),
  ),
});
export type AccountsConfig = z.infer<typeof AccountsConfig>;

const Boundary = z.object({
  customerManagedPolicy: z.object({ name: text, path: text.default("/") }).nullish(),
  awsManagedPolicyName: text.nullish(),
});

const ZonePermissionSet = z.object({
  name: text,
  description: text.nullish(),
  /** Minutes. */
  sessionDuration: z.number().nullish(),
  policies: z
    .object({
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

const ZoneAssignment = z.object({
  name: text,
  permissionSetName: text,
  /** The old form: an id of the identity store. */
  principalId: text.nullish(),
  principalType: PrincipalType.nullish(),
  principals: list(z.object({ type: PrincipalType, name: text })),
  deploymentTargets: z.object({
    accounts: list(text),
    organizationalUnits: list(text),
    excludedAccounts: list(text),
  }),
});
export type ZoneAssignment = z.infer<typeof ZoneAssignment>;

/** `iam-config.yaml` */
export const IamConfig = z.object({
  identityCenter: z.object({
    delegatedAdminAccount: text.nullish(),
    identityCenterPermissionSets: list(ZonePermissionSet),
    identityCenterAssignments: list(ZoneAssignment),
  }),
});
export type IamConfig = z.infer<typeof IamConfig>;
