import * as z from "zod";

// Only what the sample reads (its syntax validator). Keys that it ignores are kept, to be noted.

const text = z.string().trim().min(1);

const policyReference = z.object({ Name: text, Path: text.default("/") });

/** A file of `permission-sets/`. */
export const PermissionSetFile = z.looseObject({
  Name: text,
  Description: text.nullish(),
  Session_Duration: text.nullish(),
  Tags: z.array(z.object({ Key: text, Value: z.string() })).default([]),
  ManagedPolicies: z.array(z.object({ Arn: text })).default([]),
  CustomerPolicies: z.array(policyReference).default([]),
  /** One document; an older form has a list of them. */
  InlinePolicies: z
    .union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())])
    .nullish(),
  PermissionsBoundary: z.union([z.object({ Arn: text }), policyReference]).nullish(),
});
export type PermissionSetFile = z.infer<typeof PermissionSetFile>;

/** `global-mapping.json`; `TargetAccountid` is the older name of `Target`. */
export const GlobalMappings = z.array(
  z.object({
    GlobalGroupName: text,
    PermissionSetName: z.array(text),
    Target: z.literal("Global").optional(),
    TargetAccountid: z.literal("Global").optional(),
  }),
);
export type GlobalMappings = z.infer<typeof GlobalMappings>;

const Target = z.union([
  z.string().regex(/^\d{12}$/, "expected twelve digits"),
  z
    .strictObject({ OrganizationalUnits: z.array(text).optional(), Accounts: z.array(text).optional() })
    .refine((target) => Object.keys(target).length > 0, {
      error: "expected OrganizationalUnits or Accounts",
    }),
]);

/** `target-mapping.json`; the older form has `ou:`, `name:` and ids in `TargetAccountid`. */
export const TargetMappings = z.array(
  z
    .object({
      TargetGroupName: text,
      PermissionSetName: z.array(text),
      Target: z.array(Target).optional(),
      TargetAccountid: z
        .array(z.string().regex(/^(\d{12}|(ou|name):.+)$/, "expected twelve digits, ou:… or name:…"))
        .optional(),
    })
    .refine(({ Target, TargetAccountid }) => (Target ?? TargetAccountid) !== undefined, {
      error: "expected Target",
    }),
);
export type TargetMappings = z.infer<typeof TargetMappings>;
