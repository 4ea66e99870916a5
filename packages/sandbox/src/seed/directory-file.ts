import * as z from "zod";

const objectId = z
  .guid("expected an object id such as 0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11")
  .describe("Entra object id; made up when absent.");

export const SeedUser = z.strictObject({
  userPrincipalName: z
    .string()
    .min(3)
    .includes("@", { error: "expected name@domain" })
    .describe("Sign-in name."),
  id: objectId.optional(),
  displayName: z.string().min(1).describe("Name as shown."),
  givenName: z.string().nullable().default(null).describe("AWS refuses users without one."),
  surname: z.string().nullable().default(null).describe("AWS refuses users without one."),
  enabled: z.boolean().default(true).describe("Whether the user may sign in (accountEnabled)."),
  userType: z.enum(["Member", "Guest"]).default("Member").describe("Guests sign in with another tenant."),
});
export type SeedUser = z.infer<typeof SeedUser>;

export const SeedGroup = z
  .strictObject({
    name: z.string().min(1).describe("Display name. Entra allows two groups of one name."),
    id: objectId.optional(),
    description: z.string().default("").describe("What the group is for."),
    securityEnabled: z.boolean().default(true).describe("Entra provisions security-enabled groups only."),
    groupTypes: z
      .array(z.enum(["Unified", "DynamicMembership"]))
      .optional()
      .describe("Unified: a Microsoft 365 group, which a group that is not security-enabled is when absent."),
    membershipRule: z.string().min(1).nullable().default(null).describe("Of a group with DynamicMembership."),
    isAssignableToRole: z.boolean().default(false).describe("Whether it may hold directory roles."),
    onPremisesSyncEnabled: z.boolean().default(false).describe("Whether it comes from Active Directory."),
    users: z.array(z.string()).default([]).describe("Direct members, by user principal name."),
    groups: z
      .array(z.string())
      .default([])
      .describe("Groups nested directly in this one, by name or object id."),
  })
  .refine(({ groupTypes, membershipRule }) => isDynamic(groupTypes) === (membershipRule !== null), {
    error: "a group has a membershipRule exactly if its groupTypes have DynamicMembership",
  })
  .refine(
    ({ isAssignableToRole, securityEnabled, groupTypes, groups }) =>
      !isAssignableToRole || (securityEnabled && !isDynamic(groupTypes) && groups.length === 0),
    {
      error: "a group that is assignable to roles is security-enabled, not dynamic, and has no nested groups",
    },
  );

function isDynamic(groupTypes: readonly string[] | undefined): boolean {
  return groupTypes?.includes("DynamicMembership") ?? false;
}

export type SeedGroup = z.infer<typeof SeedGroup>;

/** `directory.yaml`: the Entra tenant that the sandbox imitates. */
export const DirectoryFile = z.strictObject({
  tenant: z.strictObject({
    name: z.string().min(1).describe("Display name of the tenant."),
    id: objectId.optional(),
    licence: z
      .enum(["Free", "P1", "P2"])
      .default("P1")
      .describe("Assigning groups to an application needs P1 or P2."),
  }),
  users: z.array(SeedUser).default([]),
  groups: z.array(SeedGroup).default([]),
});
export type DirectoryFile = z.infer<typeof DirectoryFile>;
