import { validation } from "./errors.ts";
import type { AlternateIdentifier } from "./inputs.ts";
import type { IdentityStoreState, StoreGroup, StoreUser } from "./state.ts";

interface Filter {
  readonly AttributePath: string;
  readonly AttributeValue: string;
}

/** The deprecated `Filters`: one attribute, equality. */
export function filterGroups(
  store: IdentityStoreState,
  { AttributePath, AttributeValue }: Filter,
): StoreGroup[] {
  if (AttributePath !== "DisplayName") throw unsupportedPath(AttributePath, "DisplayName");
  return [...store.groups.values()].filter(({ attributes }) => attributes.displayName === AttributeValue);
}

/** The deprecated `Filters`: one attribute, equality. */
export function filterUsers(
  store: IdentityStoreState,
  { AttributePath, AttributeValue }: Filter,
): StoreUser[] {
  if (AttributePath !== "UserName") throw unsupportedPath(AttributePath, "UserName");
  return [...store.users.values()].filter(({ attributes }) => attributes.userName === AttributeValue);
}

export function lookUpGroup(
  store: IdentityStoreState,
  identifier: AlternateIdentifier,
): StoreGroup | undefined {
  if ("ExternalId" in identifier) {
    const { Issuer, Id } = identifier.ExternalId;
    return Issuer === store.externalIdIssuer ? store.findGroupByExternalId(Id) : undefined;
  }
  const { AttributePath, AttributeValue } = identifier.UniqueAttribute;
  if (AttributePath.toLowerCase() !== "displayname") throw unsupportedPath(AttributePath, "displayName");
  return store.findGroupByName(AttributeValue);
}

export function lookUpUser(
  store: IdentityStoreState,
  identifier: AlternateIdentifier,
): StoreUser | undefined {
  if ("ExternalId" in identifier) {
    const { Issuer, Id } = identifier.ExternalId;
    return Issuer === store.externalIdIssuer ? store.findUserByExternalId(Id) : undefined;
  }
  const { AttributePath, AttributeValue } = identifier.UniqueAttribute;
  const path = AttributePath.toLowerCase();
  if (path === "username") return store.findUserByName(AttributeValue);
  if (path !== "emails.value") throw unsupportedPath(AttributePath, "userName or emails.value");
  return [...store.users.values()].find(
    ({ attributes }) => attributes.emails?.[0]?.["value"] === AttributeValue,
  );
}

function unsupportedPath(path: string, supported: string): Error {
  return validation(`AttributePath ${path} is not supported; use ${supported}.`);
}
