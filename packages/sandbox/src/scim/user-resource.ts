import * as z from "zod";
import type { MultiValue, StoreUser, UserAttributes } from "../identity-store/state.ts";
import { validation } from "./errors.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** The characters that AWS allows in a text, which is never empty. */
const Text = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+$/u, "text with a character that is not allowed");

/** AWS's own sample sends `active` as a text (SCIM developer guide, PatchUser). */
const Flag = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  return { true: true, false: false }[value.toLowerCase()] ?? value;
}, z.boolean());

const value = { value: Text, type: Text.optional(), primary: Flag.optional() };

/** AWS keeps one value of a list. */
function single<Value extends z.ZodType>(attribute: string, element: Value) {
  return z.array(element).max(1, `List attribute ${attribute} exceeds allowed limit of 1`).optional();
}

const Email = z
  .strictObject(value)
  .refine(({ primary }) => primary === true, "the e-mail address must be primary");
const Address = z.strictObject({
  formatted: Text.optional(),
  streetAddress: Text.optional(),
  locality: Text.optional(),
  region: Text.optional(),
  postalCode: Text.optional(),
  country: Text.optional(),
  type: Text.optional(),
  primary: Flag.optional(),
});
const Manager = z.union([
  Text.transform((id) => ({ value: id })),
  z.strictObject({ value: Text, $ref: z.string().optional() }),
]);

/** What CreateUser and PutUser accept (AWS SCIM developer guide); anything else violates the schema. */
const UserResource = z.strictObject({
  // Sent by clients, decided by the service.
  schemas: z.array(z.string()).optional(),
  id: z.string().optional(),
  meta: z.unknown().optional(),
  userName: Text.max(128),
  displayName: Text,
  name: z.strictObject({
    givenName: Text,
    familyName: Text,
    formatted: Text.optional(),
    middleName: Text.optional(),
    honorificPrefix: Text.optional(),
    honorificSuffix: Text.optional(),
  }),
  active: Flag.default(true),
  externalId: Text.max(256).optional(),
  nickName: Text.optional(),
  profileUrl: Text.optional(),
  title: Text.optional(),
  userType: Text.optional(),
  preferredLanguage: Text.optional(),
  locale: Text.optional(),
  timezone: Text.optional(),
  emails: single("emails", Email),
  phoneNumbers: single("phoneNumbers", z.strictObject(value)),
  addresses: single("addresses", Address),
  roles: single("roles", z.strictObject(value)),
  [ENTERPRISE_SCHEMA]: z
    .strictObject({
      employeeNumber: Text.optional(),
      costCenter: Text.optional(),
      organization: Text.optional(),
      division: Text.optional(),
      department: Text.optional(),
      manager: Manager.optional(),
    })
    .optional(),
});

/** @throws {ScimError} ValidationException */
export function parseUser(body: unknown): UserAttributes {
  const parsed = UserResource.safeParse(body);
  if (!parsed.success) throw validation(describeIssue(parsed.error));
  const { schemas: _schemas, id: _id, meta: _meta, [ENTERPRISE_SCHEMA]: enterprise, ...rest } = parsed.data;
  const { emails, phoneNumbers, addresses, roles, name, ...single } = rest;
  return {
    ...single,
    name: withoutUndefined(name) as UserAttributes["name"],
    ...listed({ emails, phoneNumbers, addresses, roles }),
    ...(enterprise !== undefined && {
      enterprise: withoutUndefined({ ...enterprise, manager: enterprise.manager?.value }),
    }),
  };
}

/** First issue only: one is enough to fix the request. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  return `${path === "" ? "The body" : path}: ${issue?.message ?? "invalid"}`;
}

function listed(lists: Record<string, readonly object[] | undefined>): Record<string, MultiValue[]> {
  const filled = Object.entries(lists).flatMap(([name, values]) =>
    values === undefined || values.length === 0
      ? []
      : [[name, values.map(withoutUndefined) as MultiValue[]] as const],
  );
  return Object.fromEntries(filled);
}

function withoutUndefined(object: object): Record<string, string> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The attributes as a SCIM document, without id and meta: what a PATCH works on. */
export function toDocument(attributes: UserAttributes): Record<string, unknown> {
  const { enterprise, ...core } = attributes;
  const present = Object.entries(core).filter(([, value]) => value !== undefined);
  const document: Record<string, unknown> = structuredClone(Object.fromEntries(present));
  if (enterprise !== undefined) {
    const { manager, ...rest } = enterprise;
    document[ENTERPRISE_SCHEMA] = { ...rest, ...(manager !== undefined && { manager: { value: manager } }) };
  }
  return document;
}

/** A user as the endpoint shows it. */
export function describeUser(user: StoreUser): Record<string, unknown> {
  const { externalId, profileUrl: _hidden, ...rest } = toDocument(user.attributes);
  return {
    id: user.id,
    ...(externalId !== undefined && { externalId }),
    meta: describeMeta("User", user),
    schemas: ENTERPRISE_SCHEMA in rest ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [USER_SCHEMA],
    ...rest,
  };
}

export function describeMeta(
  resourceType: "User" | "Group",
  { createdAt, updatedAt }: { createdAt: number; updatedAt: number },
): Record<string, string> {
  return { resourceType, created: isoSeconds(createdAt), lastModified: isoSeconds(updatedAt) };
}

function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
