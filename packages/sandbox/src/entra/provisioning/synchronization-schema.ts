import * as z from "zod";
import type { ObjectType } from "./object-type.ts";

/** `attributeMapping`. */
const AttributeMapping = z.strictObject({
  targetAttributeName: z.string(),
  source: z.strictObject({
    type: z.enum(["Attribute", "Constant", "Function"]),
    name: z.string().nullish(),
    expression: z.string().nullish(),
    parameters: z.array(z.unknown()).nullish(),
  }),
  defaultValue: z.string().nullish(),
  exportMissingReferences: z.boolean().default(false),
  flowBehavior: z.enum(["FlowWhenChanged", "FlowAlways"]).default("FlowWhenChanged"),
  flowType: z
    .enum(["Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"])
    .default("Always"),
  matchingPriority: z.int().min(0).default(0),
});
export type AttributeMapping = z.infer<typeof AttributeMapping>;

/** `objectMapping`. */
const ObjectMapping = z.strictObject({
  enabled: z.boolean(),
  flowTypes: z.string().regex(/^\s*(None|Add|Update|Delete)(\s*,\s*(None|Add|Update|Delete))*\s*$/),
  name: z.string().nullish(),
  scope: z.unknown(),
  sourceObjectName: z.enum(["User", "Group"]),
  targetObjectName: z.string(),
  attributeMappings: z.array(AttributeMapping),
  metadata: z.array(z.unknown()).nullish(),
});
export type SchemaObjectMapping = z.infer<typeof ObjectMapping>;

const Rule = z.strictObject({
  id: z.string(),
  name: z.string().nullish(),
  editable: z.boolean().default(true),
  priority: z.int().default(1),
  sourceDirectoryName: z.string().nullish(),
  targetDirectoryName: z.string().nullish(),
  metadata: z.array(z.unknown()).nullish(),
  containerFilter: z.unknown(),
  groupFilter: z.unknown(),
  objectMappings: z.array(ObjectMapping),
});

/** `synchronizationSchema`, with the one rule that a SCIM job of the sandbox has. */
export const SynchronizationSchema = z.strictObject({
  "@odata.context": z.string().optional(),
  id: z.string().optional(),
  version: z.string().nullish(),
  directories: z.array(z.unknown()).nullish(),
  synchronizationRules: z.tuple([Rule], { error: "exactly one synchronization rule" }),
});
export type SynchronizationSchema = z.infer<typeof SynchronizationSchema>;

const TARGET_NAMES = {
  User: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  Group: "urn:ietf:params:scim:schemas:core:2.0:Group",
} as const satisfies Record<ObjectType, string>;

/** The sandbox's name for the template of applications that are not in the gallery. */
export const CUSTOM_TEMPLATE = "scim";

/** How a gallery template makes deleted, disabled or out-of-scope users inactive. */
export const ACTIVE_EXPRESSION = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';

/**
 * The mappings that a job begins with: of those that the AWS connector lists ("AWS IAM Identity Center tutorial") the ones
 * that the sandbox's directory has attributes for; matching is as there.
 */
export function defaultSchema(job: {
  readonly id: string;
  readonly templateId: string;
  readonly ruleId: string;
}): SynchronizationSchema {
  return {
    id: job.id,
    version: "v1.0",
    directories: [],
    synchronizationRules: [
      {
        id: job.ruleId,
        name: "USER_OUTBOUND_USER",
        editable: true,
        priority: 1,
        sourceDirectoryName: "Azure Active Directory",
        targetDirectoryName: job.templateId,
        metadata: [],
        containerFilter: null,
        groupFilter: null,
        objectMappings: [
          objectMapping("Group", [
            attribute("displayName", "displayName", 1),
            attribute("externalId", "objectId"),
            attribute("members", "members"),
          ]),
          objectMapping("User", [
            attribute("userName", "userPrincipalName", 1),
            active(),
            attribute("displayName", "displayName"),
            attribute('emails[type eq "work"].value', "userPrincipalName"),
            attribute("name.givenName", "givenName"),
            attribute("name.familyName", "surname"),
            attribute("externalId", job.templateId === CUSTOM_TEMPLATE ? "mailNickname" : "objectId"),
          ]),
        ],
      },
    ],
  };
}

function objectMapping(type: ObjectType, attributeMappings: AttributeMapping[]): SchemaObjectMapping {
  return {
    enabled: true,
    flowTypes: "Add, Update, Delete",
    name: `Provision Microsoft Entra ID ${type}s`,
    scope: null,
    sourceObjectName: type,
    targetObjectName: TARGET_NAMES[type],
    attributeMappings,
    metadata: [],
  };
}

function attribute(targetAttributeName: string, name: string, matchingPriority = 0): AttributeMapping {
  return {
    targetAttributeName,
    source: { type: "Attribute", name, expression: `[${name}]`, parameters: [] },
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: "FlowWhenChanged",
    flowType: "Always",
    matchingPriority,
  };
}

function active(): AttributeMapping {
  const source = { type: "Function", name: "Switch", expression: ACTIVE_EXPRESSION, parameters: [] } as const;
  return { ...attribute("active", "IsSoftDeleted"), source: { ...source, parameters: [] } };
}
