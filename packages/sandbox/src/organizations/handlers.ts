import * as z from "zod";
import { type DefineOperation, makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { callerAccountId, isAdministrator } from "./caller.ts";
import {
  delegatesOf,
  describeAccount,
  describeOrganization,
  describeRoot,
  describeUnit,
  IDENTITY_CENTER,
} from "./describe.ts";
import {
  accessDenied,
  accountNotFound,
  childNotFound,
  invalidInput,
  parentNotFound,
  targetNotFound,
  unitNotFound,
} from "./errors.ts";
import { PAGE_SIZE, type Pager } from "./pager.ts";
import type { OrganizationState } from "./state.ts";

const ACCOUNT = String.raw`\d{12}`;
const ROOT = "r-[0-9a-z]{4,32}";
const UNIT = "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}";

function idOf(...kinds: readonly string[]) {
  return z.string().regex(new RegExp(`^(${kinds.join("|")})$`));
}

const page = {
  MaxResults: z.int().min(1).max(PAGE_SIZE).optional(),
  NextToken: z.string().max(100_000).optional(),
};
const Page = z.strictObject(page);
const ParentPage = z.strictObject({ ParentId: idOf(ROOT, UNIT), ...page });
const ChildrenPage = ParentPage.extend({ ChildType: z.enum(["ACCOUNT", "ORGANIZATIONAL_UNIT"]) });
const ChildPage = z.strictObject({ ChildId: idOf(ACCOUNT, UNIT), ...page });
const ResourcePage = z.strictObject({ ResourceId: idOf(ROOT, ACCOUNT, UNIT), NextToken: page.NextToken });
const DelegatesPage = z.strictObject({ ServicePrincipal: z.string().min(1).max(128).optional(), ...page });

const defineFree = makeDefineOperation(invalidInput, "organizations");

/** The operations of AWS Organizations that read roots, units, accounts and tags. */
export function makeOperations(state: OrganizationState, pageOf: Pager): Operations {
  const checkParent = (id: string): void => {
    if (id !== state.rootId && !state.units.has(id)) throw parentNotFound(id);
  };
  const define: DefineOperation = (input, handle) =>
    defineFree(input, (parsed, call) => {
      const caller = callerAccountId(state, call.accessKeyId);
      if (!isAdministrator(state, caller)) throw accessDenied(caller);
      return handle(parsed, call);
    });

  return {
    /** Allowed for every account of the organization. */
    DescribeOrganization: defineFree(z.strictObject({}), () => ({
      Organization: describeOrganization(state),
    })),
    ListRoots: define(Page, (input, call) => {
      const { items, next } = pageOf([describeRoot(state)], input, call);
      return { Roots: items, ...next };
    }),
    ListOrganizationalUnitsForParent: define(ParentPage, (input, call) => {
      checkParent(input.ParentId);
      const { items, next } = pageOf(childrenOf(state.units, input.ParentId), input, call);
      return { OrganizationalUnits: items.map((unit) => describeUnit(state, unit)), ...next };
    }),
    DescribeOrganizationalUnit: define(z.strictObject({ OrganizationalUnitId: idOf(UNIT) }), (input) => {
      const unit = state.units.get(input.OrganizationalUnitId);
      if (unit === undefined) throw unitNotFound(input.OrganizationalUnitId);
      return { OrganizationalUnit: describeUnit(state, unit) };
    }),
    ListAccounts: define(Page, (input, call) => {
      const { items, next } = pageOf([...state.accounts.values()], input, call);
      return { Accounts: items.map((account) => describeAccount(state, account)), ...next };
    }),
    ListAccountsForParent: define(ParentPage, (input, call) => {
      checkParent(input.ParentId);
      const { items, next } = pageOf(childrenOf(state.accounts, input.ParentId), input, call);
      return { Accounts: items.map((account) => describeAccount(state, account)), ...next };
    }),
    DescribeAccount: define(z.strictObject({ AccountId: idOf(ACCOUNT) }), (input) => {
      const account = state.accounts.get(input.AccountId);
      if (account === undefined) throw accountNotFound(input.AccountId);
      return { Account: describeAccount(state, account) };
    }),
    ListChildren: define(ChildrenPage, (input, call) => {
      checkParent(input.ParentId);
      const all: Map<string, { id: string; parentId: string }> =
        input.ChildType === "ACCOUNT" ? state.accounts : state.units;
      const { items, next } = pageOf(childrenOf(all, input.ParentId), input, call);
      return { Children: items.map(({ id }) => ({ Id: id, Type: input.ChildType })), ...next };
    }),
    ListParents: define(ChildPage, (input, call) => {
      const child = state.accounts.get(input.ChildId) ?? state.units.get(input.ChildId);
      if (child === undefined) throw childNotFound(input.ChildId);
      const type = child.parentId === state.rootId ? "ROOT" : "ORGANIZATIONAL_UNIT";
      const { items, next } = pageOf([{ Id: child.parentId, Type: type }], input, call);
      return { Parents: items, ...next };
    }),
    ListTagsForResource: define(ResourcePage, (input, call) => {
      const { items, next } = pageOf(tagsOf(state, input.ResourceId), input, call);
      return { Tags: items, ...next };
    }),
    ListDelegatedAdministrators: define(DelegatesPage, (input, call) => {
      const delegates = delegatesOf(state, input.ServicePrincipal ?? IDENTITY_CENTER);
      const { items, next } = pageOf(delegates, input, call);
      return { DelegatedAdministrators: items, ...next };
    }),
  };
}

function childrenOf<Child extends { parentId: string }>(all: Map<string, Child>, parentId: string): Child[] {
  return [...all.values()].filter((child) => child.parentId === parentId);
}

function tagsOf(state: OrganizationState, id: string): { Key: string; Value: string }[] {
  const account = state.accounts.get(id);
  if (account !== undefined) return Object.entries(account.tags).map(([Key, Value]) => ({ Key, Value }));
  if (id === state.rootId || state.units.has(id)) return [];
  throw targetNotFound(id);
}
