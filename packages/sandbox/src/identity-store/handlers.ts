import { makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { type PageRequest, paginate } from "../aws-json/pages.ts";
import { describeGroup, describeMembership, describeUser } from "./describe.ts";
import { notFound, validation } from "./errors.ts";
import {
  type AlternateIdentifier,
  GroupRequest,
  IdRequest,
  ListMemberships,
  ListPrincipals,
  MembershipQuestion,
  UserRequest,
} from "./inputs.ts";
import type { IdentityStoreState, StoreGroup, StoreUser } from "./state.ts";

const PAGE_SIZE = 100;

const define = makeDefineOperation(validation);

/** The operations of the Identity Store API that read. */
export function makeOperations(store: IdentityStoreState): Operations {
  return {
    ListGroups: define(ListPrincipals, (input) => {
      checkStore(store, input);
      const [filter] = input.Filters ?? [];
      const all = filter === undefined ? [...store.groups.values()] : filterGroups(store, filter);
      const { items, next } = pageOf(all, input);
      return { Groups: items.map((group) => describeGroup(store, group)), ...next };
    }),
    ListUsers: define(ListPrincipals, (input) => {
      checkStore(store, input);
      const [filter] = input.Filters ?? [];
      const all = filter === undefined ? [...store.users.values()] : filterUsers(store, filter);
      const { items, next } = pageOf(all, input);
      return { Users: items.map((user) => describeUser(store, user)), ...next };
    }),
    DescribeGroup: define(GroupRequest, (input) => {
      checkStore(store, input);
      return describeGroup(store, findGroup(store, input.GroupId));
    }),
    DescribeUser: define(UserRequest, (input) => {
      checkStore(store, input);
      return describeUser(store, findUser(store, input.UserId));
    }),
    GetGroupId: define(IdRequest, (input) => {
      checkStore(store, input);
      const group = lookUpGroup(store, input.AlternateIdentifier);
      if (group === undefined) throw notFound("GROUP");
      return { GroupId: group.id, IdentityStoreId: store.identityStoreId };
    }),
    GetUserId: define(IdRequest, (input) => {
      checkStore(store, input);
      const user = lookUpUser(store, input.AlternateIdentifier);
      if (user === undefined) throw notFound("USER");
      return { UserId: user.id, IdentityStoreId: store.identityStoreId };
    }),
    ListGroupMemberships: define(ListMemberships, (input) => {
      checkStore(store, input);
      const { items, next } = pageOf(store.membershipsOf(findGroup(store, input.GroupId).id), input);
      return { GroupMemberships: items.map((membership) => describeMembership(store, membership)), ...next };
    }),
    IsMemberInGroups: define(MembershipQuestion, (input) => {
      checkStore(store, input);
      const user = findUser(store, input.MemberId.UserId);
      const Results = input.GroupIds.map((GroupId) => ({
        GroupId,
        MemberId: input.MemberId,
        MembershipExists: store.isMember(findGroup(store, GroupId).id, user.id),
      }));
      return { Results };
    }),
  };
}

function checkStore(store: IdentityStoreState, input: { IdentityStoreId: string }): void {
  if (input.IdentityStoreId !== store.identityStoreId)
    // Without the id: ResourceId holds ids of users, groups and memberships only.
    throw notFound("IDENTITY_STORE");
}

function findGroup(store: IdentityStoreState, id: string): StoreGroup {
  const group = store.groups.get(id);
  if (group === undefined) throw notFound("GROUP", id);
  return group;
}

function findUser(store: IdentityStoreState, id: string): StoreUser {
  const user = store.users.get(id);
  if (user === undefined) throw notFound("USER", id);
  return user;
}

function pageOf<Item>(all: readonly Item[], input: PageRequest) {
  return paginate(all, { ...input, defaultSize: PAGE_SIZE }, () => validation("The NextToken is invalid."));
}

interface Filter {
  readonly AttributePath: string;
  readonly AttributeValue: string;
}

/** The deprecated `Filters`: one attribute, equality. */
function filterGroups(store: IdentityStoreState, { AttributePath, AttributeValue }: Filter): StoreGroup[] {
  if (AttributePath !== "DisplayName") throw unsupportedPath(AttributePath, "DisplayName");
  return [...store.groups.values()].filter(({ attributes }) => attributes.displayName === AttributeValue);
}

/** The deprecated `Filters`: one attribute, equality. */
function filterUsers(store: IdentityStoreState, { AttributePath, AttributeValue }: Filter): StoreUser[] {
  if (AttributePath !== "UserName") throw unsupportedPath(AttributePath, "UserName");
  return [...store.users.values()].filter(({ attributes }) => attributes.userName === AttributeValue);
}

function lookUpGroup(store: IdentityStoreState, identifier: AlternateIdentifier): StoreGroup | undefined {
  if ("ExternalId" in identifier) {
    const { Issuer, Id } = identifier.ExternalId;
    return Issuer === store.externalIdIssuer ? store.findGroupByExternalId(Id) : undefined;
  }
  const { AttributePath, AttributeValue } = identifier.UniqueAttribute;
  if (AttributePath.toLowerCase() !== "displayname") throw unsupportedPath(AttributePath, "displayName");
  return store.findGroupByName(AttributeValue);
}

function lookUpUser(store: IdentityStoreState, identifier: AlternateIdentifier): StoreUser | undefined {
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
