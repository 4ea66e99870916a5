import type { Resource, ResourcePath } from "./scim-client.ts";

export type ObjectType = "User" | "Group";

/** Values by SCIM path, a list's one value by the list's name. */
export type Attributes = Readonly<Record<string, string | boolean | null>>;

interface Target {
  readonly path: ResourcePath;
  readonly schemas: readonly string[];
}

/** How objects of a type appear in SCIM. */
export const TARGETS: Readonly<Record<ObjectType, Target>> = {
  User: {
    path: "Users",
    schemas: [
      "urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    ],
  },
  Group: { path: "Groups", schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"] },
};

/** The body of a create: attributes without a value are left out, as Entra does. */
export function toResource(type: ObjectType, attributes: Attributes): Record<string, unknown> {
  const resource: Record<string, unknown> = { schemas: TARGETS[type].schemas };
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

/** The values that a resource of the target has at the paths. */
export function readAttributes(resource: Resource, paths: readonly string[]): Attributes {
  return Object.fromEntries(paths.map((path) => [path, readAttribute(resource, path)]));
}

function readAttribute(resource: Resource, path: string): string | boolean | null {
  if (path === "emails") {
    return text(record(Array.isArray(resource["emails"]) ? resource["emails"][0] : null)["value"]);
  }
  if (path.startsWith("name.")) return text(record(resource["name"])[path.slice("name.".length)]);
  return text(resource[path]);
}

function text(value: unknown): string | boolean | null {
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
