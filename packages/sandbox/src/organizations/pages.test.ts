import { describe, expect, it } from "vitest";
import { callAs, makeSandboxLike } from "../../test-support/call-as.ts";
import { type Json, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

const MANAGEMENT = "111111111111";

/** Every page of ListAccounts as its number of accounts. */
async function pagesOf(emptyPageShare: number): Promise<number[]> {
  const { sandbox, clock } = makeSandboxLike({}, { emptyPageShare });
  const sizes: number[] = [];
  let token: Json = {};
  for (;;) {
    await clock.advance(1000);
    const call = callAs(sandbox, MANAGEMENT);
    const { body } = await call("organizations", "ListAccounts", { MaxResults: 5, ...token });
    sizes.push((body["Accounts"] as Json[]).length);
    if (body["NextToken"] === undefined) return sizes;
    token = { NextToken: textAt(body, "NextToken") };
  }
}

describe("a list of Organizations", () => {
  it("sometimes has an empty page in between, with a token, and loses nothing by it", async () => {
    const sizes = await pagesOf(0.5);
    expect(sizes).toContain(0);
    expect(sizes.filter((size) => size > 0)).toEqual([5, 5, 5, 5, 4]);
  });

  it("has none when the sandbox is told so", async () => {
    expect(await pagesOf(0)).toEqual([5, 5, 5, 5, 4]);
  });

  it("is refused with a token that is an hour old", async () => {
    const { aws, clock } = makeTestSandbox();
    const { body } = await aws("organizations", "ListAccounts", { MaxResults: 5 });
    await clock.advance(3_600_000);
    const late = await aws("organizations", "ListAccounts", { NextToken: textAt(body, "NextToken") });
    expect(late.body).toMatchObject({ __type: "InvalidInputException", Reason: "INVALID_NEXT_TOKEN" });
  });
});

describe("the request quotas of Organizations", () => {
  it("are for an account, and for all accounts together", async () => {
    const { sandbox } = makeSandboxLike({ delegatedAdministrator: "Dev" });
    const [management, delegate] = [callAs(sandbox, MANAGEMENT), callAs(sandbox, "222222222222")];
    const list = async (as: typeof management) => (await as("organizations", "ListRoots")).body["Type"];
    expect([await list(management), await list(management)]).toEqual([undefined, undefined]);
    expect(await list(management)).toBe("AccountRateLimit");
    expect(await list(delegate)).toBe(undefined);
    expect(await list(delegate)).toBe("OrganizationRateLimit");
  });

  it.each([
    ["ListAccounts", {}, 12],
    ["ListAccountsForParent", { ParentId: "root" }, 8],
    ["ListOrganizationalUnitsForParent", { ParentId: "root" }, 8],
    ["ListChildren", { ParentId: "root", ChildType: "ACCOUNT" }, 10],
    ["ListParents", { ChildId: MANAGEMENT }, 8],
    ["DescribeAccount", { AccountId: MANAGEMENT }, 30],
    ["ListTagsForResource", { ResourceId: MANAGEMENT }, 15],
    ["DescribeOrganization", {}, 2],
  ])("let %s with %o through %i times at once", async (operation, input: Json, burst) => {
    const { aws, sandbox } = makeTestSandbox();
    const { rootId } = sandbox.states.organization;
    const body = input["ParentId"] === undefined ? input : { ...input, ParentId: rootId };
    for (let sent = 0; sent < burst; sent += 1) {
      expect((await aws("organizations", operation, body)).status).toBe(200);
    }
    expect((await aws("organizations", operation, body)).error).toBe("TooManyRequestsException");
  });
});

describe("single things of Organizations", () => {
  it("are described as in the lists", async () => {
    const { aws, sandbox } = makeTestSandbox();
    const { units, rootId } = sandbox.states.organization;
    const [OrganizationalUnitId] = units.keys();
    const account = await aws("organizations", "DescribeAccount", { AccountId: "444444444444" });
    expect(account.body["Account"]).toMatchObject({ Name: "Old", State: "SUSPENDED" });
    const unit = await aws("organizations", "DescribeOrganizationalUnit", { OrganizationalUnitId });
    expect(unit.body["OrganizationalUnit"]).toMatchObject({ Name: "Workloads" });
    const children = { ParentId: rootId, ChildType: "ORGANIZATIONAL_UNIT" };
    expect((await aws("organizations", "ListChildren", children)).body["Children"]).toEqual([
      { Id: OrganizationalUnitId, Type: "ORGANIZATIONAL_UNIT" },
    ]);
  });

  it("are not found by the error of each operation", async () => {
    const { aws } = makeTestSandbox();
    const describe = async (operation: string, body: Json) =>
      (await aws("organizations", operation, body)).error;
    expect(await describe("DescribeAccount", { AccountId: "999999999999" })).toBe("AccountNotFoundException");
    expect(await describe("DescribeOrganizationalUnit", { OrganizationalUnitId: "ou-0000-00000000" })).toBe(
      "OrganizationalUnitNotFoundException",
    );
  });
});
