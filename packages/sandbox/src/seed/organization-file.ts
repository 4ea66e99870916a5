import * as z from "zod";

const accountName = z.string().trim().min(1).max(50);

const SeedAccount = z.strictObject({
  name: accountName.describe("Name of the account, unique in the organization."),
  id: z
    .string()
    .regex(/^\d{12}$/, "expected twelve digits in quotes")
    .optional()
    .describe("Twelve digits, in quotes; made up when absent."),
  email: z.string().optional().describe("Root e-mail address; made up from the name when absent."),
  state: z
    .enum(["PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"])
    .default("ACTIVE")
    .describe("Account.State of AWS Organizations."),
  tags: z.record(z.string(), z.string()).default({}).describe("Tags of the account."),
});
export type SeedAccount = z.infer<typeof SeedAccount>;

export interface SeedUnit {
  name: string;
  accounts: SeedAccount[];
  units: SeedUnit[];
}

const SeedUnit: z.ZodType<SeedUnit> = z
  .strictObject({
    name: z.string().trim().min(1).max(128).describe("Name of the organizational unit."),
    accounts: z.array(SeedAccount).default([]).describe("Accounts directly in this unit."),
    get units(): z.ZodDefault<z.ZodArray<z.ZodType<SeedUnit>>> {
      return z.array(SeedUnit).default([]).describe("Units directly below this one; AWS allows five levels.");
    },
  })
  .meta({ id: "OrganizationalUnit" });

/** `organization.yaml`: the AWS organization that the sandbox imitates. */
export const OrganizationFile = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "expected an AWS region such as eu-central-1")
    .default("eu-central-1")
    .describe("Region of the Identity Center instance."),
  managementAccount: accountName.describe("Name of the management account; it must be among the accounts."),
  delegatedAdministrator: accountName
    .optional()
    .describe("Name of the member account that administers Identity Center; calls come from it then."),
  outboundIdentityFederation: z
    .boolean()
    .default(true)
    .describe(
      "Whether AWS STS gives out web identity tokens (GetWebIdentityToken). In AWS it does not until someone enables it.",
    ),
  accounts: z.array(SeedAccount).default([]).describe("Accounts directly in the root."),
  units: z.array(SeedUnit).default([]).describe("Organizational units directly below the root."),
});
export type OrganizationFile = z.infer<typeof OrganizationFile>;
