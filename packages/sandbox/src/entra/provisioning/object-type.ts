import type { DirectoryGroup, DirectoryUser } from "../state.ts";
import type { Resource, ResourcePath } from "./scim-client.ts";

export type ObjectType = "User" | "Group";

/** Values by SCIM path. */
export type Attributes = Readonly<Record<string, string | boolean | null>>;

/** How objects of a type stand in SCIM; matching is as the AWS connector's ("AWS IAM Identity Center tutorial"). */
export interface ObjectMapping {
  readonly path: ResourcePath;
  readonly schemas: readonly string[];
  /** Attribute by which an object that is there already is found. */
  readonly matching: string;
  readonly read: (resource: Resource) => Attributes;
}

export const MAPPINGS: Readonly<Record<ObjectType, ObjectMapping>> = {
  User: {
    path: "Users",
    schemas: [
      "urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    ],
    matching: "userName",
    read: (resource) => ({
      ...read(resource, ["userName", "externalId", "displayName", "active"]),
      "name.givenName": text(record(resource["name"])["givenName"]),
      "name.familyName": text(record(resource["name"])["familyName"]),
      emails: text(record(Array.isArray(resource["emails"]) ? resource["emails"][0] : null)["value"]),
    }),
  },
  Group: {
    path: "Groups",
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    matching: "displayName",
    read: (resource) => read(resource, ["displayName", "externalId"]),
  },
};

export function userAttributes(user: DirectoryUser, active: boolean): Attributes {
  return {
    userName: user.userPrincipalName,
    externalId: user.id,
    displayName: user.displayName,
    "name.givenName": user.givenName,
    "name.familyName": user.surname,
    emails: user.userPrincipalName,
    active,
  };
}

export function groupAttributes(group: DirectoryGroup): Attributes {
  return { displayName: group.displayName, externalId: group.id };
}

/** The body of a create: attributes without a value are left out, as Entra does. */
export function toResource({ schemas }: ObjectMapping, attributes: Attributes): Record<string, unknown> {
  const resource: Record<string, unknown> = { schemas };
  const name: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(attributes)) {
    if (value === null) continue;
    if (path.startsWith("name.")) name[path.slice("name.".length)] = value;
    else resource[path] = toValue(path, value);
  }
  return Object.keys(name).length > 0 ? { ...resource, name } : resource;
}

export function toValue(path: string, value: string | boolean): unknown {
  return path === "emails" ? [{ value, type: "work", primary: true }] : value;
}

function read(resource: Resource, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, text(resource[name])]));
}

function text(value: unknown): string | boolean | null {
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
