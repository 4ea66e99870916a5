import type { UserAttributes } from "../identity-store/state.ts";
import { validation } from "./errors.ts";
import type { PatchOperation } from "./patch-request.ts";
import { ENTERPRISE_SCHEMA, parseUser, toDocument } from "./user-resource.ts";

type Document = Record<string, unknown>;

/** AWS SCIM developer guide, PatchUser. `roles` is not among them. */
const PATCHABLE = new Set([
  "userName",
  "active",
  "externalId",
  "displayName",
  "nickName",
  "profileUrl",
  "title",
  "userType",
  "preferredLanguage",
  "locale",
  "timezone",
  "name",
  "emails",
  "addresses",
  "phoneNumbers",
  ENTERPRISE_SCHEMA,
]);
const LISTS = new Set(["emails", "addresses", "phoneNumbers"]);
/** Cannot be removed, nor changed twice in one request. */
const GUARDED = new Set(["userName", "active"]);

interface Target {
  readonly attribute: string;
  /** `type eq "…"`, the only filter that a path may hold. */
  readonly type: string | null;
  readonly sub: string | null;
}

/**
 * Applies a PATCH to a user's attributes; the result must be a valid user.
 * @throws {ScimError} ValidationException
 */
export function patchUser(attributes: UserAttributes, operations: readonly PatchOperation[]): UserAttributes {
  const document = toDocument(attributes);
  const touched = new Set<string>();
  for (const { op, target, value } of operations.flatMap(splitOperation)) {
    if (!PATCHABLE.has(target.attribute)) throw validation(`${target.attribute} cannot be patched`);
    if (GUARDED.has(target.attribute)) {
      if (op === "remove") throw validation(`${target.attribute} cannot be removed`);
      if (touched.has(target.attribute)) throw validation(`${target.attribute} is patched more than once`);
      touched.add(target.attribute);
    }
    apply(document, { op, target, value });
  }
  return parseUser(document);
}

interface TargetedOperation {
  readonly op: PatchOperation["op"];
  readonly target: Target;
  readonly value: unknown;
}

/** An operation without a path contains an object whose members are paths. */
function splitOperation({ op, path, value }: PatchOperation): TargetedOperation[] {
  if (path !== null) return [{ op, target: parsePath(path), value }];
  if (op === "remove") throw validation("Missing path in PATCH request");
  if (!isDocument(value)) throw validation("A PATCH operation without path needs an object as value");
  return Object.entries(value).map(([name, part]) => ({ op, target: parsePath(name), value: part }));
}

function parsePath(path: string): Target {
  const enterprise = path === ENTERPRISE_SCHEMA || path.startsWith(`${ENTERPRISE_SCHEMA}:`);
  if (enterprise) {
    const sub = path.slice(ENTERPRISE_SCHEMA.length + 1).replace(/^manager\.value$/, "manager");
    return { attribute: ENTERPRISE_SCHEMA, type: null, sub: sub === "" ? null : sub };
  }
  const match = /^(\w+)(?:\[type eq "([^"]+)"\])?(?:\.(\w+))?$/.exec(path);
  if (match?.[1] === undefined) throw validation("Invalid Filter format");
  const target = { attribute: match[1], type: match[2] ?? null, sub: match[3] ?? null };
  if (target.type !== null && !LISTS.has(target.attribute)) throw validation("Invalid Filter format");
  return target;
}

function apply(document: Document, operation: TargetedOperation): void {
  const { op, target, value } = operation;
  if (LISTS.has(target.attribute)) return applyToList(document, operation);
  if (target.sub === null && target.attribute !== "name" && target.attribute !== ENTERPRISE_SCHEMA) {
    setOrRemove(document, target.attribute, op === "remove" ? undefined : value);
    return;
  }
  const held = document[target.attribute];
  const container = isDocument(held) ? held : {};
  if (target.sub !== null) setOrRemove(container, target.sub, op === "remove" ? undefined : value);
  else if (op === "remove") return setOrRemove(document, target.attribute, undefined);
  else if (isDocument(value)) Object.assign(container, value);
  else throw validation(`${target.attribute} needs an object as value`);
  document[target.attribute] = container;
}

function applyToList(document: Document, { op, target, value }: TargetedOperation): void {
  const { attribute, type, sub } = target;
  const held = document[attribute];
  const elements = Array.isArray(held) ? held.filter(isDocument) : [];
  if (sub === null) {
    const matching = elements.filter((element) => type === null || element["type"] === type);
    const others = elements.filter((element) => !matching.includes(element));
    if (op === "remove") document[attribute] = others;
    else
      document[attribute] = [
        ...(op === "add" ? elements : others),
        ...(Array.isArray(value) ? value : [value]),
      ];
    return;
  }
  if (type === null) throw validation("Invalid Filter format");
  const element = elements.find((one) => one["type"] === type);
  if (element !== undefined) return setOrRemove(element, sub, op === "remove" ? undefined : value);
  if (op !== "remove") document[attribute] = [...elements, { type, primary: true, [sub]: value }];
}

function setOrRemove(container: Document, key: string, value: unknown): void {
  if (value === undefined) delete container[key];
  else container[key] = value;
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
