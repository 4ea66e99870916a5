import * as z from "zod";

const IdentityStoreId = z.string().min(1).max(36);
const ResourceId = z
  .string()
  .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/);

const page = {
  IdentityStoreId,
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z
    .string()
    .min(1)
    .max(65_535)
    .regex(/^[-a-zA-Z0-9+=/:_]*$/)
    .optional(),
};
const MemberId = z.strictObject({ UserId: ResourceId });

const Filter = z.strictObject({ AttributePath: z.string().min(1), AttributeValue: z.string().min(1) });

export const ListPrincipals = z.strictObject({ ...page, Filters: z.array(Filter).max(1).optional() });
export const ListMemberships = z.strictObject({ ...page, GroupId: ResourceId });
export const GroupRequest = z.strictObject({ IdentityStoreId, GroupId: ResourceId });
export const UserRequest = z.strictObject({ IdentityStoreId, UserId: ResourceId });
export const ListMembershipsOfMember = z.strictObject({ ...page, MemberId });
export const MembershipIdRequest = z.strictObject({ IdentityStoreId, GroupId: ResourceId, MemberId });
export const MembershipRequest = z.strictObject({ IdentityStoreId, MembershipId: ResourceId });
export const MembershipQuestion = z.strictObject({
  IdentityStoreId,
  MemberId,
  GroupIds: z.array(ResourceId).min(1).max(100),
});

/** A union: exactly one of the two members. */
const AlternateIdentifier = z.union([
  z.strictObject({ ExternalId: z.strictObject({ Issuer: z.string().min(1), Id: z.string().min(1) }) }),
  z.strictObject({
    UniqueAttribute: z.strictObject({ AttributePath: z.string().min(1), AttributeValue: z.string().min(1) }),
  }),
]);
export type AlternateIdentifier = z.infer<typeof AlternateIdentifier>;
export const IdRequest = z.strictObject({ IdentityStoreId, AlternateIdentifier });
