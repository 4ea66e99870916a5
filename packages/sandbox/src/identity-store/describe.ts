import { epochSeconds } from "../aws-json/timestamps.ts";
import type { IdentityStoreState, Membership, MultiValue, StoreGroup, StoreUser } from "./state.ts";

/** A group as the Identity Store API shows it. */
export function describeGroup(store: IdentityStoreState, group: StoreGroup): Record<string, unknown> {
  return {
    GroupId: group.id,
    DisplayName: group.attributes.displayName,
    ...externalIds(store, group.attributes.externalId),
    ...stamps(group),
    IdentityStoreId: store.identityStoreId,
  };
}

/** A user as the Identity Store API shows it. */
export function describeUser(store: IdentityStoreState, user: StoreUser): Record<string, unknown> {
  const { name, active, emails, phoneNumbers, addresses, roles, ...rest } = user.attributes;
  const {
    userName,
    displayName,
    nickName,
    profileUrl,
    title,
    userType,
    preferredLanguage,
    locale,
    timezone,
  } = rest;
  const single = {
    userName,
    displayName,
    nickName,
    profileUrl,
    title,
    userType,
    preferredLanguage,
    locale,
    timezone,
  };
  return {
    IdentityStoreId: store.identityStoreId,
    UserId: user.id,
    ...pascalCase(single),
    Name: pascalCase(name),
    UserStatus: active ? "ENABLED" : "DISABLED",
    ...multi({ emails, phoneNumbers, addresses, roles }),
    ...externalIds(store, rest.externalId),
    ...stamps(user),
  };
}

export function describeMembership(
  store: IdentityStoreState,
  membership: Membership,
): Record<string, unknown> {
  return {
    IdentityStoreId: store.identityStoreId,
    MembershipId: membership.id,
    GroupId: membership.groupId,
    MemberId: { UserId: membership.userId },
    CreatedAt: epochSeconds(membership.createdAt),
  };
}

/** SCIM calls a member `givenName` where the API says `GivenName`. */
function pascalCase(object: object): Record<string, unknown> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );
}

function multi(attributes: Record<string, readonly MultiValue[] | undefined>): Record<string, unknown> {
  const filled = Object.entries(attributes).filter(([, values]) => values !== undefined && values.length > 0);
  return pascalCase(Object.fromEntries(filled.map(([key, values]) => [key, values?.map(pascalCase)])));
}

function externalIds(store: IdentityStoreState, externalId: string | undefined): Record<string, unknown> {
  if (externalId === undefined || store.externalIdIssuer === null) return {};
  return { ExternalIds: [{ Issuer: store.externalIdIssuer, Id: externalId }] };
}

function stamps({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }): Record<string, unknown> {
  return { CreatedAt: epochSeconds(createdAt), UpdatedAt: epochSeconds(updatedAt) };
}
