import { z } from "zod";
import { makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { type PageRequest, paginate } from "../aws-json/pages.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { childNotFound, invalidInput, parentNotFound, targetNotFound } from "./errors.ts";
import { organizationPath, type OrganizationState, type SandboxAccount, type SandboxUnit } from "./state.ts";

/** The most that Organizations puts on a page, and what it takes when nothing is asked for. */
const PAGE_SIZE = 20;

const page = {
  MaxResults: z.int().min(1).max(PAGE_SIZE).optional(),
  NextToken: z.string().max(100_000).optional(),
};
const Page = z.strictObject(page);
const ParentPage = z.strictObject({
  ParentId: z.string().regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/),
  ...page,
});
const ChildPage = z.strictObject({
  ChildId: z.string().regex(/^(\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/),
  ...page,
});
const ResourcePage = z.strictObject({
  ResourceId: z.string().regex(/^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/),
  NextToken: page.NextToken,
});

const define = makeDefineOperation(invalidInput);

/** The operations of AWS Organizations that read roots, units, accounts and tags. */
export function makeOperations(state: OrganizationState): Operations {
  const checkParent = (id: string): void => {
    if (id !== state.rootId && !state.units.has(id)) throw parentNotFound(id);
  };

  return {
    DescribeOrganization: define(z.strictObject({}), () => ({ Organization: describeOrganization(state) })),
    ListRoots: define(Page, (input) => {
      const root = {
        Id: state.rootId,
        Arn: arn(state, `root/${state.id}/${state.rootId}`),
        Name: "Root",
        PolicyTypes: [],
      };
      const { items, next } = pageOf([root], input);
      return { Roots: items, ...next };
    }),
    ListOrganizationalUnitsForParent: define(ParentPage, (input) => {
      checkParent(input.ParentId);
      const { items, next } = pageOf(childrenOf(state.units, input.ParentId), input);
      return { OrganizationalUnits: items.map((unit) => describeUnit(state, unit)), ...next };
    }),
    ListAccounts: define(Page, (input) => {
      const { items, next } = pageOf([...state.accounts.values()], input);
      return { Accounts: items.map((account) => describeAccount(state, account)), ...next };
    }),
    ListAccountsForParent: define(ParentPage, (input) => {
      checkParent(input.ParentId);
      const { items, next } = pageOf(childrenOf(state.accounts, input.ParentId), input);
      return { Accounts: items.map((account) => describeAccount(state, account)), ...next };
    }),
    ListParents: define(ChildPage, (input) => {
      const child = state.accounts.get(input.ChildId) ?? state.units.get(input.ChildId);
      if (child === undefined) throw childNotFound(input.ChildId);
      const type = child.parentId === state.rootId ? "ROOT" : "ORGANIZATIONAL_UNIT";
      const { items, next } = pageOf([{ Id: child.parentId, Type: type }], input);
      return { Parents: items, ...next };
    }),
    ListTagsForResource: define(ResourcePage, (input) => {
      const { items, next } = pageOf(tagsOf(state, input.ResourceId), input);
      return { Tags: items, ...next };
    }),
  };
}

function pageOf<Item>(all: readonly Item[], input: PageRequest) {
  return paginate(all, { ...input, defaultSize: PAGE_SIZE }, () =>
    invalidInput("The pagination token is invalid.", "INVALID_NEXT_TOKEN"),
  );
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

function arn(state: OrganizationState, resource: string): string {
  return `arn:aws:organizations::${state.managementAccountId}:${resource}`;
}

function describeOrganization(state: OrganizationState): Record<string, unknown> {
  const id = state.managementAccountId;
  return {
    Id: state.id,
    Arn: arn(state, `organization/${state.id}`),
    FeatureSet: "ALL",
    MasterAccountArn: arn(state, `account/${state.id}/${id}`),
    MasterAccountId: id,
    MasterAccountEmail: state.accounts.get(id)?.email,
    AvailablePolicyTypes: [],
  };
}

function describeUnit(state: OrganizationState, unit: SandboxUnit): Record<string, unknown> {
  return {
    Id: unit.id,
    Arn: arn(state, `ou/${state.id}/${unit.id}`),
    Name: unit.name,
    Path: organizationPath(state, unit.id),
  };
}

/** Without `Status`, which AWS retired on 2026-09-09 in favour of `State`. */
function describeAccount(state: OrganizationState, account: SandboxAccount): Record<string, unknown> {
  return {
    Id: account.id,
    Arn: arn(state, `account/${state.id}/${account.id}`),
    Email: account.email,
    Name: account.name,
    State: account.state,
    Paths: [organizationPath(state, account.id)],
    JoinedMethod: "CREATED",
    JoinedTimestamp: epochSeconds(account.joinedAt),
  };
}
