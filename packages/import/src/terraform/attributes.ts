import * as z from "zod";

// Attributes of the AWS provider's resources and data sources, as its documentation names them; only what is read here.

const text = z.string().min(1);
const optionalText = z.string().nullish();

const policyReference = z.object({ name: text, path: z.string().nullish() });

export const PermissionSet = z.object({
  name: text,
  arn: optionalText,
  instance_arn: optionalText,
  description: optionalText,
  session_duration: optionalText,
  relay_state: optionalText,
  tags: z.record(z.string(), z.string()).nullish(),
  /** With the tags that the provider puts on everything. */
  tags_all: z.record(z.string(), z.string()).nullish(),
});
export type PermissionSet = z.infer<typeof PermissionSet>;

export const InlinePolicy = z.object({ inline_policy: text });
export const ManagedPolicy = z.object({ managed_policy_arn: text });
export const CustomerManagedPolicy = z.object({
  customer_managed_policy_reference: z.array(policyReference).length(1),
});
export const PermissionsBoundary = z.object({
  permissions_boundary: z
    .array(
      z.object({
        managed_policy_arn: optionalText,
        customer_managed_policy_reference: z.array(policyReference).nullish(),
      }),
    )
    .length(1),
});

export const AccountAssignment = z.object({
  principal_type: z.enum(["GROUP", "USER"]),
  principal_id: text,
  target_id: z.string().regex(/^\d{12}$/, "expected an account id"),
});

const externalIds = z.array(z.object({ id: text })).nullish();

export const Group = z.object({ group_id: text, display_name: text, external_ids: externalIds });
export const Groups = z.object({ groups: z.array(Group) });
export const User = z.object({ user_id: text, user_name: text, external_ids: externalIds });
export const Users = z.object({ users: z.array(User) });

const accountOf = z.object({ id: text, name: text, email: optionalText });
export const Account = accountOf;
export const Organization = z.object({
  accounts: z.array(accountOf).nullish(),
  master_account_id: optionalText,
});
export type Group = z.infer<typeof Group>;
export type User = z.infer<typeof User>;
