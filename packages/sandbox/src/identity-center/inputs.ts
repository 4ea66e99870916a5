import * as z from "zod";

export const InstanceArn = z
  .string()
  .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/);
export const PermissionSetArn = z
  .string()
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/,
  );
export const AccountId = z.string().regex(/^\d{12}$/);
export const PrincipalId = z
  .string()
  .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/);
export const PrincipalType = z.enum(["USER", "GROUP"]);
export const RequestId = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const RegionName = z
  .string()
  .max(32)
  .regex(/^([a-z]+-){2,3}\d$/);

export const NextToken = z
  .string()
  .max(2048)
  .regex(/^[-a-zA-Z0-9+=/_]*$/)
  .optional();
export const page = { MaxResults: z.int().min(1).max(100).optional(), NextToken };

/** The ARN of anything else that AWS lets be tagged is well formed too, and not found. */
export const TaggableResourceArn = z
  .string()
  .min(10)
  .max(2048)
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso::(\d{12})?:(instance|permissionSet|application|trustedTokenIssuer)\/.+$/,
  );
export const TagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);
export const Tag = z.strictObject({
  Key: TagKey,
  Value: z
    .string()
    .max(256)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
});

export const instance = { InstanceArn };
export const permissionSet = { InstanceArn, PermissionSetArn };
export const PermissionSetRequest = z.strictObject(permissionSet);
export const PermissionSetPage = z.strictObject({ ...permissionSet, ...page });

/** One hour to twelve, as AWS allows for a permission set. */
const SessionDuration = z
  .string()
  .refine(isSessionDuration, "Member must be an ISO 8601 duration from PT1H to PT12H");

const settings = {
  Description: z
    .string()
    .min(1)
    .max(700)
    .regex(/^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/)
    .optional(),
  SessionDuration: SessionDuration.optional(),
  RelayState: z
    .string()
    .max(240)
    .regex(/^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/)
    .optional(),
};

export const CreatePermissionSet = z.strictObject({
  ...instance,
  Name: z
    .string()
    .max(32)
    .regex(/^[\w+=,.@-]+$/),
  ...settings,
  Tags: z.array(Tag).max(75).optional(),
});
export const UpdatePermissionSet = z.strictObject({ ...permissionSet, ...settings });

export const ManagedPolicyArn = z
  .string()
  .min(20)
  .max(2048)
  .regex(/^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/);
export const PolicyReference = z.strictObject({
  Name: z
    .string()
    .max(128)
    .regex(/^[\w+=,.@-]+$/),
  Path: z
    .string()
    .max(512)
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/)
    .default("/"),
});

function isSessionDuration(text: string): boolean {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  if (match === null) return false;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const total = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return total >= 3600 && total <= 43_200;
}
