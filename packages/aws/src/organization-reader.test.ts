import { describe, expect, it } from "vitest";
import { awsOn, type SentRequest } from "../test-support/fake-aws.ts";

const ROOT = "r-ab12";
const WORKLOADS = "ou-ab12-11111111";
const PRODUCTION = "ou-ab12-22222222";
const MANAGEMENT = "111111111111";

function account(id: string, more: object = {}) {
  return { Id: id, Name: `account-${id}`, Email: `${id}@example.com`, State: "ACTIVE", ...more };
}

const management = account(MANAGEMENT, { Paths: [`o-aaaaaaaaaa/${ROOT}/${MANAGEMENT}/`] });
const shop = account("222222222222", {
  Paths: [`o-aaaaaaaaaa/${ROOT}/${WORKLOADS}/${PRODUCTION}/222222222222/`],
});

const UNITS: Record<string, object[]> = {
  [ROOT]: [{ Id: WORKLOADS, Name: "Workloads" }],
  [WORKLOADS]: [{ Id: PRODUCTION, Name: "Production" }],
  [PRODUCTION]: [],
};

function read(answers: Record<string, object>, tags = false) {
  const aws = awsOn({
    DescribeOrganization: { Organization: { MasterAccountId: MANAGEMENT } },
    ListRoots: { Roots: [{ Id: ROOT, Name: "Root" }] },
    ListOrganizationalUnitsForParent: ({ body }: SentRequest) => ({
      OrganizationalUnits: UNITS[(body as { ParentId: string }).ParentId],
    }),
    ListAccounts: { Accounts: [management, shop] },
    ...answers,
  });
  return { ...aws, organization: aws.organization.read({ tags }) };
}

describe("organization reader", () => {
  it("reads root, units with their path of names, and accounts with their parent", async () => {
    const { organization, requests } = read({});
    expect(await organization).toEqual({
      rootId: ROOT,
      managementAccountId: MANAGEMENT,
      units: [
        { id: WORKLOADS, name: "Workloads", parentId: ROOT, path: "Workloads" },
        { id: PRODUCTION, name: "Production", parentId: WORKLOADS, path: "Workloads/Production" },
      ],
      accounts: [
        {
          id: MANAGEMENT,
          name: `account-${MANAGEMENT}`,
          email: `${MANAGEMENT}@example.com`,
          state: "ACTIVE",
          parentId: ROOT,
          tags: null,
        },
        expect.objectContaining({ id: "222222222222", parentId: PRODUCTION }),
      ],
    });
    expect(requests[0]?.target).toBe("AWSOrganizationsV20161128.DescribeOrganization");
  });

  it("reads on behind a page that is empty but not the last", async () => {
    const { organization, sent } = read({
      ListAccounts: [
        { Accounts: [management], NextToken: "2" },
        { Accounts: [], NextToken: "3" },
        { Accounts: [shop] },
      ],
    });
    expect((await organization).accounts).toHaveLength(2);
    expect(sent("ListAccounts")).toEqual([
      { MaxResults: 20 },
      { MaxResults: 20, NextToken: "2" },
      { MaxResults: 20, NextToken: "3" },
    ]);
  });

  it("asks for the parent of an account that comes without its path", async () => {
    const { organization, sent } = read({
      ListAccounts: { Accounts: [management, account("222222222222")] },
      ListParents: { Parents: [{ Id: WORKLOADS, Type: "ORGANIZATIONAL_UNIT" }] },
    });
    expect((await organization).accounts[1]?.parentId).toBe(WORKLOADS);
    expect(sent("ListParents")).toEqual([{ ChildId: "222222222222" }]);
  });

  it("reads tags when asked, of active accounts only", async () => {
    const suspended = account("333333333333", {
      State: "SUSPENDED",
      Paths: [`o-aaaaaaaaaa/${ROOT}/333333333333/`],
    });
    const { organization, sent } = read(
      {
        ListAccounts: { Accounts: [management, shop, suspended] },
        ListTagsForResource: [
          { Tags: [{ Key: "stage", Value: "production" }], NextToken: "2" },
          { Tags: [{ Key: "empty", Value: "" }] },
        ],
      },
      true,
    );
    const { accounts } = await organization;
    expect(accounts.find(({ id }) => id === suspended.Id)).toMatchObject({ state: "SUSPENDED", tags: null });
    const asked = sent("ListTagsForResource").map((body) => (body as { ResourceId: string }).ResourceId);
    expect(new Set(asked)).toEqual(new Set([MANAGEMENT, "222222222222"]));
  });

  it("joins the tags of all pages", async () => {
    const { organization } = read(
      {
        ListAccounts: { Accounts: [management] },
        ListTagsForResource: [
          { Tags: [{ Key: "stage", Value: "production" }], NextToken: "2" },
          { Tags: [{ Key: "empty", Value: "" }] },
        ],
      },
      true,
    );
    expect((await organization).accounts[0]?.tags).toEqual({ stage: "production", empty: "" });
  });

  it.each([
    ["an account without state", { ListAccounts: { Accounts: [{ ...management, State: undefined }] } }],
    ["no management account", { ListAccounts: { Accounts: [shop] } }],
    ["no root", { ListRoots: { Roots: [] } }],
    [
      "an account in a unit that was not read",
      {
        ListAccounts: {
          Accounts: [management, { ...shop, Paths: [`o-aaaaaaaaaa/${ROOT}/ou-ab12-99999999/222222222222/`] }],
        },
      },
    ],
  ])("takes an answer with %s for an incomplete read", async (_, answers) => {
    await expect(read(answers).organization).rejects.toMatchObject({ name: "IncompleteRead" });
  });

  it("keeps to what Organizations allows: 8 account pages a second", async () => {
    const pages = Array.from({ length: 16 }, (_, page) => ({
      Accounts: page === 0 ? [management] : [],
      NextToken: String(page),
    }));
    const { organization, clock } = read({ ListAccounts: [...pages, { Accounts: [shop] }] });
    await organization;
    expect(clock.slept.filter((milliseconds) => milliseconds === 1000).length).toBeGreaterThanOrEqual(2);
  });
});
