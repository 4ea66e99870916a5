import type { Problem } from "../contract.ts";
import type { ScimOperation } from "./scim-facts.ts";

interface PatchOperation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly value?: unknown;
}

const OPS = ["add", "replace", "remove"];

/** The body of a PATCH against the rules of the operation (AWS SCIM developer guide, PatchUser and PatchGroup). */
export function checkPatch(operation: ScimOperation, body: unknown): Problem[] {
  const operations = (body as { readonly Operations?: unknown } | null)?.Operations;
  if (!Array.isArray(operations)) return [{ path: "$.Operations", message: "must be an array" }];
  const list = operations as (PatchOperation | null)[];
  return [
    ...list.flatMap((each, index) => checkOperation(operation, each ?? {}, `$.Operations[${index}]`)),
    ...checkRepeated(operation, list),
    ...checkMembershipChanges(operation, list),
  ];
}

function checkOperation(operation: ScimOperation, patch: PatchOperation, at: string): Problem[] {
  const op = typeof patch.op === "string" ? patch.op.toLowerCase() : "";
  if (!OPS.includes(op)) return [{ path: `${at}.op`, message: `must be one of ${OPS.join(", ")}` }];
  const problems: Problem[] = [];
  if (patch.path === undefined) {
    if (operation.pathRequiredFor?.includes(op)) return [{ path: `${at}.path`, message: "is required" }];
  } else if (typeof patch.path !== "string") return [{ path: `${at}.path`, message: "must be string" }];
  if (op !== "remove" && patch.value === undefined)
    problems.push({ path: `${at}.value`, message: "is required" });
  for (const name of attributesOf(patch)) {
    if (!isPatchable(operation, name))
      problems.push({ path: `${at}.path`, message: `${name} is not patchable` });
    if (op === "remove" && operation.notRemovable?.includes(name)) {
      problems.push({ path: `${at}.path`, message: `${name} cannot be removed` });
    }
    if (name === "members") problems.push(...checkMembers(op, patch, at));
  }
  return problems;
}

/** `emails[type eq "work"].value` is about emails; without a path the value names the attributes. */
function attributesOf({ path, value }: PatchOperation): string[] {
  if (typeof path === "string") {
    return [path.startsWith("urn:") ? path : path.replace(/[.[].*$/s, "")];
  }
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function isPatchable({ patchableAttributes = [] }: ScimOperation, name: string): boolean {
  // `enterprise` is short for the attributes of the extension.
  if (name.startsWith("urn:ietf:params:scim:schemas:extension:enterprise:")) {
    return patchableAttributes.includes("enterprise");
  }
  const withoutCore = name.replace(/^urn:ietf:params:scim:schemas:core:2\.0:\w+:/, "").replace(/\..*$/, "");
  return name === "schemas" || name === "id" || patchableAttributes.includes(withoutCore);
}

function checkMembers(op: string, { path, value }: PatchOperation, at: string): Problem[] {
  if (op === "replace") return [{ path: `${at}.op`, message: "all members cannot be replaced" }];
  if (typeof path === "string" && path.includes("[")) return [];
  if (!Array.isArray(value) || value.length === 0) {
    return [{ path: `${at}.value`, message: "must be a list of members that is not empty" }];
  }
  return (value as { readonly value?: unknown }[]).flatMap((member, index) =>
    typeof member?.value === "string"
      ? []
      : [{ path: `${at}.value[${index}].value`, message: "must be string" }],
  );
}

function checkRepeated(
  { oncePerRequest = [] }: ScimOperation,
  list: readonly (PatchOperation | null)[],
): Problem[] {
  const names = list.flatMap((patch) => attributesOf(patch ?? {}));
  return oncePerRequest
    .filter((name) => names.filter((other) => other === name).length > 1)
    .map((name) => ({ path: "$.Operations", message: `${name} may be changed once in a request` }));
}

function checkMembershipChanges(
  { limits }: ScimOperation,
  list: readonly (PatchOperation | null)[],
): Problem[] {
  const limit = limits?.membershipChanges;
  const changes = list.reduce(
    (sum, patch) => sum + (Array.isArray(patch?.value) ? patch.value.length : 0),
    0,
  );
  if (limit === undefined || changes <= limit) return [];
  return [{ path: "$.Operations", message: `has more than ${limit} changes of members` }];
}
