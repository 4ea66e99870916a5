import type { JsonObject } from "../odata.ts";
import type { ObjectType } from "./object-type.ts";
import type { ProvisioningJob } from "./provisioning-job.ts";

const TARGETS = {
  User: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  Group: "urn:ietf:params:scim:schemas:core:2.0:Group",
} as const satisfies Record<ObjectType, string>;

/** `synchronizationSchema` of a job: one rule that maps users and groups; attribute mappings are not imitated. */
export function synchronizationSchema({ id, templateId, ruleId }: ProvisioningJob): JsonObject {
  return {
    id,
    version: "v1.0",
    directories: [],
    synchronizationRules: [
      {
        id: ruleId,
        name: "USER_OUTBOUND_USER",
        editable: true,
        priority: 1,
        sourceDirectoryName: "Azure Active Directory",
        targetDirectoryName: templateId,
        metadata: [],
        objectMappings: [objectMapping("Group"), objectMapping("User")],
      },
    ],
  };
}

function objectMapping(type: ObjectType): JsonObject {
  return {
    enabled: true,
    flowTypes: "Add, Update, Delete",
    name: `Provision Microsoft Entra ID ${type}s`,
    sourceObjectName: type,
    targetObjectName: TARGETS[type],
    attributeMappings: [],
    metadata: [],
  };
}
