import { z } from "zod";

const objectId = z
  .guid("expected an object id such as 0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11")
  .describe("Entra object id; made up when absent.");

const SeedUser = z.strictObject({
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
});
export type SeedUser = z.infer<typeof SeedUser>;

const SeedGroup = z.strictObject({
  name: z.string().min(1).describe("Display name. Entra allows two groups of one name."),
  id: objectId.optional(),
  description: z.string().default("").describe("What the group is for."),
  securityEnabled: z.boolean().default(true).describe("Entra provisions security-enabled groups only."),
  users: z.array(z.string()).default([]).describe("Direct members, by user principal name."),
  groups: z
    .array(z.string())
    .default([])
    .describe("Groups nested directly in this one, by name or object id."),
});
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
