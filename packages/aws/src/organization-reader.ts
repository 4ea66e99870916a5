import {
  type Account as AwsAccount,
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListParents,
  paginateListRoots,
  paginateListTagsForResource,
} from "@aws-sdk/client-organizations";
import {
  type Account,
  FlowError,
  mapConcurrently,
  type OrganizationalUnit,
  type OrganizationReader,
} from "@landbridge/core";
import { readUnits } from "./organizational-units.ts";
import { required } from "./required.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 10;

/** AWS Organizations; its API answers in the management account or that of a delegated administrator. */
export function makeOrganizationReader(organizations: OrganizationsClient): OrganizationReader {
  return {
    async read({ tags }) {
      const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
      const managementAccountId = required(Organization?.MasterAccountId, "the management account");
      const rootId = await readRootId(organizations);
      const units = await readUnits(organizations, rootId);
      const accounts = await readAccounts(organizations, tags);
      checkComplete(accounts, { managementAccountId, rootId, units });
      return { rootId, managementAccountId, units, accounts };
    },
  };
}

async function readRootId(organizations: OrganizationsClient): Promise<string> {
  for await (const { Roots = [] } of paginateListRoots({ client: organizations }, {})) {
    // An organization has one root (Organizations user guide, "Terminology and concepts").
    if (Roots[0] !== undefined) return required(Roots[0].Id, "the id of the root");
  }
  throw new FlowError("IncompleteRead", "AWS answered without the root of the organization");
}

async function readAccounts(organizations: OrganizationsClient, tags: boolean): Promise<Account[]> {
  const found: AwsAccount[] = [];
  // A page may be empty and still not be the last (ListAccounts).
  for await (const { Accounts = [] } of paginateListAccounts({ client: organizations, pageSize: 20 }, {})) {
    found.push(...Accounts);
  }
  return mapConcurrently(found, CONCURRENCY, async (account) => {
    const id = required(account.Id, "the id of an account");
    const state = required(account.State, `the state of account ${id}`);
    return {
      id,
      name: required(account.Name, `the name of account ${id}`),
      email: account.Email ?? "",
      state,
      parentId: parentInPath(account.Paths?.[0]) ?? (await readParentId(organizations, id)),
      tags: tags && state === "ACTIVE" ? await readTags(organizations, id) : null,
    };
  });
}

/** The last root or unit of `o-…/r-…/ou-…/…/<account>/` (`Account.Paths`). */
function parentInPath(path: string | undefined): string | undefined {
  return path?.split("/").findLast((part) => /^(r|ou)-/.test(part));
}

async function readParentId(organizations: OrganizationsClient, accountId: string): Promise<string> {
  for await (const { Parents = [] } of paginateListParents(
    { client: organizations },
    { ChildId: accountId },
  )) {
    if (Parents[0] !== undefined) return required(Parents[0].Id, `the parent of account ${accountId}`);
  }
  throw new FlowError("IncompleteRead", `AWS answered without the parent of account ${accountId}`);
}

async function readTags(
  organizations: OrganizationsClient,
  accountId: string,
): Promise<Record<string, string>> {
  const tags: [string, string][] = [];
  const pages = paginateListTagsForResource({ client: organizations }, { ResourceId: accountId });
  for await (const { Tags = [] } of pages) {
    for (const { Key, Value } of Tags)
      tags.push([required(Key, `a tag key of account ${accountId}`), Value ?? ""]);
  }
  return Object.fromEntries(tags);
}

/** Checks that pages, which others may change while they are read, fit together. */
function checkComplete(
  accounts: readonly Account[],
  expected: { managementAccountId: string; rootId: string; units: readonly OrganizationalUnit[] },
): void {
  const { managementAccountId, rootId, units } = expected;
  if (!accounts.some(({ id }) => id === managementAccountId)) {
    throw new FlowError("IncompleteRead", `ListAccounts lacks the management account ${managementAccountId}`);
  }
  const parents = new Set([rootId, ...units.map(({ id }) => id)]);
  const stray = accounts.find(({ parentId }) => !parents.has(parentId));
  if (stray !== undefined) {
    const said = `Account ${stray.id} is in ${stray.parentId}, which was not among the organizational units read`;
    throw new FlowError("IncompleteRead", said);
  }
}
