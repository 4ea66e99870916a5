import { badRequest, notImplemented } from "../errors.ts";
import type { DirectoryGroup, DirectoryUser } from "../state.ts";
import type { Attributes, ObjectType } from "./object-type.ts";
import {
  ACTIVE_EXPRESSION,
  type AttributeMapping,
  type SchemaObjectMapping,
  type SynchronizationSchema,
} from "./synchronization-schema.ts";

type Source = DirectoryUser | DirectoryGroup;

interface Flow {
  /** SCIM path. */
  readonly path: string;
  readonly read: (source: Source) => string | boolean | null;
  readonly onCreateOnly: boolean;
}

/** The mapping of one object type, ready to be used. */
export interface ObjectFlows {
  readonly enabled: boolean;
  /** Target object actions. */
  readonly actions: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  readonly flows: readonly Flow[];
  /** Paths that find an existing object, in order. */
  readonly matching: readonly string[];
  /** Whether a user can be made inactive. */
  readonly disables: boolean;
  readonly hasMembers: boolean;
}

export type Flows = Readonly<Record<ObjectType, ObjectFlows>>;

const TARGETS: Readonly<Record<ObjectType, ReadonlySet<string>>> = {
  User: new Set(
    "userName active displayName externalId nickName title preferredLanguage locale timezone userType emails name.givenName name.familyName name.formatted".split(
      " ",
    ),
  ),
  Group: new Set(["displayName", "externalId"]),
};

const USER_SOURCES: Readonly<Record<string, (user: DirectoryUser) => string | null>> = {
  objectId: ({ id }) => id,
  userPrincipalName: ({ userPrincipalName }) => withoutGuestMark(userPrincipalName),
  originalUserPrincipalName: ({ userPrincipalName }) => userPrincipalName,
  /** The part before the @, as it is until somebody changes it. */
  mailNickname: ({ userPrincipalName }) => userPrincipalName.split("@", 1)[0] ?? null,
  displayName: ({ displayName }) => displayName,
  givenName: ({ givenName }) => givenName,
  surname: ({ surname }) => surname,
};
const GROUP_SOURCES: Readonly<Record<string, (group: DirectoryGroup) => string | null>> = {
  objectId: ({ id }) => id,
  displayName: ({ displayName }) => displayName,
};

/**
 * What a schema says about pushing objects.
 * @throws {GraphRefusal} 501 for a mapping that the sandbox does not imitate, 400 without a matching attribute
 */
export function compileFlows({ synchronizationRules: [rule] }: SynchronizationSchema): Flows {
  if (rule.containerFilter || rule.groupFilter) throw notImplemented("container and group filters of a rule");
  const compile = (type: ObjectType) => {
    const mapping = rule.objectMappings.find(({ sourceObjectName }) => sourceObjectName === type);
    return mapping ? compileObject(type, mapping) : NOT_MAPPED;
  };
  return { User: compile("User"), Group: compile("Group") };
}

const NOT_MAPPED: ObjectFlows = {
  enabled: false,
  actions: { create: false, update: false, delete: false },
  flows: [],
  matching: [],
  disables: false,
  hasMembers: false,
};

function compileObject(type: ObjectType, mapping: SchemaObjectMapping): ObjectFlows {
  if (mapping.scope) throw notImplemented("scoping filters of an object mapping");
  const actions = mapping.flowTypes.split(",").map((action) => action.trim());
  const members = mapping.attributeMappings.filter(isMembers);
  const single = mapping.attributeMappings.filter((one) => !members.includes(one));
  const matching = single.filter(({ matchingPriority }) => matchingPriority > 0);
  if (matching.length === 0) throw badRequest(`The mapping of ${type} has no matching attribute.`);
  const flows = single.map((one) => compileAttribute(type, one));
  return {
    enabled: mapping.enabled,
    actions: {
      create: actions.includes("Add"),
      update: actions.includes("Update"),
      delete: actions.includes("Delete"),
    },
    flows,
    matching: matching
      .toSorted((one, other) => one.matchingPriority - other.matchingPriority)
      .map(({ targetAttributeName }) => toPath(targetAttributeName)),
    disables: flows.some(({ path }) => path === "active"),
    hasMembers: type === "Group" && members.length > 0,
  };
}

function isMembers({ targetAttributeName }: AttributeMapping): boolean {
  return targetAttributeName === "members";
}

function compileAttribute(type: ObjectType, mapping: AttributeMapping): Flow {
  const path = toPath(mapping.targetAttributeName);
  if (!TARGETS[type].has(path)) throw notImplemented(`the target attribute '${mapping.targetAttributeName}'`);
  if (mapping.flowType !== "Always" && mapping.flowType !== "ObjectAddOnly") {
    throw notImplemented(`the flow type '${mapping.flowType}'`);
  }
  const read = compileSource(type, mapping);
  const fallback = mapping.defaultValue || null;
  return {
    path,
    read: (source) => read(source) ?? fallback,
    onCreateOnly: mapping.flowType === "ObjectAddOnly",
  };
}

function compileSource(type: ObjectType, { source }: AttributeMapping): Flow["read"] {
  const { expression, name } = source;
  if (source.type === "Constant") return () => expression ?? name ?? null;
  if (source.type === "Function") {
    const isActive = expression?.replaceAll(/\s+/g, "") === ACTIVE_EXPRESSION.replaceAll(/\s+/g, "");
    if (!isActive) throw notImplemented(`the mapping expression '${expression ?? name}'`);
    return () => true;
  }
  const attribute = name ?? expression?.replaceAll(/[[\]]/g, "") ?? "";
  if (type === "User" && Object.hasOwn(USER_SOURCES, attribute)) {
    return (object) => ("userPrincipalName" in object ? (USER_SOURCES[attribute]?.(object) ?? null) : null);
  }
  if (type === "Group" && Object.hasOwn(GROUP_SOURCES, attribute)) {
    return (object) => ("userIds" in object ? (GROUP_SOURCES[attribute]?.(object) ?? null) : null);
  }
  throw notImplemented(`the source attribute '${attribute}' of ${type}`);
}

export function toPath(targetAttributeName: string): string {
  return targetAttributeName === 'emails[type eq "work"].value' ? "emails" : targetAttributeName;
}

export function attributesOf({ flows }: ObjectFlows, source: Source): Attributes {
  return Object.fromEntries(flows.map(({ path, read }) => [path, read(source)]));
}

/** `ada_fabrikam.com#EXT#@contoso.com` is ada@fabrikam.com ("How application provisioning works", B2B users). */
function withoutGuestMark(userPrincipalName: string): string {
  const guest = /^(.+)_([^_]+)#EXT#@/i.exec(userPrincipalName);
  return guest ? `${guest[1]}@${guest[2]}` : userPrincipalName;
}
