import type { z } from "zod";
import { type Call, makeDefineOperation, type Operation, type Operations } from "../aws-json/operation.ts";
import { type PageRequest, paginate } from "../aws-json/pages.ts";
import { callerAccountId, isAdministrator } from "../organizations/caller.ts";
import type { OrganizationState } from "../organizations/state.ts";
import { describeGroup, describeMembership, describeUser } from "./describe.ts";
import { accessDenied, notFound, validation } from "./errors.ts";
import {
  GroupRequest,
  IdRequest,
  ListMemberships,
  ListMembershipsOfMember,
  ListPrincipals,
  MembershipIdRequest,
  MembershipQuestion,
  MembershipRequest,
  UserRequest,
} from "./inputs.ts";
import { filterGroups, filterUsers, lookUpGroup, lookUpUser } from "./look-up.ts";
import type { IdentityStoreState, StoreGroup, StoreUser } from "./state.ts";

const PAGE_SIZE = 100;

const defineFree = makeDefineOperation(validation, "identity-store");

type DefineStoreOperation = <Input extends { readonly IdentityStoreId: string }>(
  input: z.ZodType<Input>,
  handle: (input: Input, call: Call) => unknown,
) => Operation;

/** The operations of the Identity Store API that read, for the administrators of the instance. */
export function makeOperations(store: IdentityStoreState, organization: OrganizationState): Operations {
  const define: DefineStoreOperation = (input, handle) =>
    defineFree(input, (parsed, call) => {
      const caller = callerAccountId(organization, call.accessKeyId);
      if (!isAdministrator(organization, caller)) throw accessDenied(caller);
      checkStore(store, parsed);
      return handle(parsed, call);
    });

  return {
    ListGroups: define(ListPrincipals, (input, call) => {
      const [filter] = input.Filters ?? [];
      const all = filter === undefined ? [...store.groups.values()] : filterGroups(store, filter);
      const { items, next } = pageOf(all, input, call);
      return { Groups: items.map((group) => describeGroup(store, group)), ...next };
    }),
    ListUsers: define(ListPrincipals, (input, call) => {
      const [filter] = input.Filters ?? [];
      const all = filter === undefined ? [...store.users.values()] : filterUsers(store, filter);
      const { items, next } = pageOf(all, input, call);
      return { Users: items.map((user) => describeUser(store, user)), ...next };
    }),
    DescribeGroup: define(GroupRequest, (input) => {
      return describeGroup(store, findGroup(store, input.GroupId));
    }),
    DescribeUser: define(UserRequest, (input) => {
      return describeUser(store, findUser(store, input.UserId));
    }),
    GetGroupId: define(IdRequest, (input) => {
      const group = lookUpGroup(store, input.AlternateIdentifier);
      if (group === undefined) throw notFound("GROUP");
      return { GroupId: group.id, IdentityStoreId: store.identityStoreId };
    }),
    GetUserId: define(IdRequest, (input) => {
      const user = lookUpUser(store, input.AlternateIdentifier);
      if (user === undefined) throw notFound("USER");
      return { UserId: user.id, IdentityStoreId: store.identityStoreId };
    }),
    ListGroupMemberships: define(ListMemberships, (input, call) => {
      const { items, next } = pageOf(store.membershipsOf(findGroup(store, input.GroupId).id), input, call);
      return { GroupMemberships: items.map((membership) => describeMembership(store, membership)), ...next };
    }),
    ListGroupMembershipsForMember: define(ListMembershipsOfMember, (input, call) => {
      const { id } = findUser(store, input.MemberId.UserId);
      const { items, next } = pageOf(store.membershipsOfMember(id), input, call);
      return { GroupMemberships: items.map((membership) => describeMembership(store, membership)), ...next };
    }),
    GetGroupMembershipId: define(MembershipIdRequest, (input) => {
      const group = findGroup(store, input.GroupId);
      const membership = store.findMembership(group.id, findUser(store, input.MemberId.UserId).id);
      if (membership === undefined) throw notFound("GROUP_MEMBERSHIP");
      return { MembershipId: membership.id, IdentityStoreId: store.identityStoreId };
    }),
    DescribeGroupMembership: define(MembershipRequest, (input) => {
      const membership = store.findMembershipById(input.MembershipId);
      if (membership === undefined) throw notFound("GROUP_MEMBERSHIP", input.MembershipId);
      return describeMembership(store, membership);
    }),
    IsMemberInGroups: define(MembershipQuestion, (input) => {
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

function refuseToken(): Error {
  return validation("The NextToken is invalid or has expired.");
}

function pageOf<Item>(all: readonly Item[], input: PageRequest, call: Call) {
  return paginate(all, input, { call, defaultSize: PAGE_SIZE, refuseToken });
}
