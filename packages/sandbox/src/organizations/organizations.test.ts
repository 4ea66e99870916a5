import { describe, expect, it } from "vitest";
import { at, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

describe("Organizations", () => {
  it("lists accounts in pages of at most 20 until no token is left", async () => {
    const { aws } = makeTestSandbox();
    const sizes: unknown[] = [];
    let query: { readonly NextToken?: string } | null = {};
    while (query !== null) {
      const { body } = await aws("organizations", "ListAccounts", query);
      sizes.push(at(body, "Accounts.length"));
      query = "NextToken" in body ? { NextToken: textAt(body, "NextToken") } : null;
    }
    // Empty pages in between are random.
    expect(sizes.filter((size) => size !== 0)).toEqual([20, 4]);
  });

  it("describes an account with its state and path, without the retired status", async () => {
    const { aws, sandbox } = makeTestSandbox();
    const { body } = await aws("organizations", "ListAccounts", { MaxResults: 4 });
    const { id, rootId, units } = sandbox.states.organization;
    const [workloads] = units.keys();
    expect(at(body, "Accounts.3")).toMatchObject({
      Id: "444444444444",
      Name: "Old",
      State: "SUSPENDED",
      Paths: [`${id}/${rootId}/${workloads}/444444444444/`],
    });
    expect(at(body, "Accounts.3")).not.toHaveProperty("Status");
  });

  it("walks from the root to units, their accounts and back to the parent", async () => {
    const { aws } = makeTestSandbox();
    const rootId = textAt((await aws("organizations", "ListRoots")).body, "Roots.0.Id");
    const units = await aws("organizations", "ListOrganizationalUnitsForParent", { ParentId: rootId });
    expect(at(units.body, "OrganizationalUnits.0.Name")).toBe("Workloads");
    const ParentId = textAt(units.body, "OrganizationalUnits.0.Id");
    const accounts = await aws("organizations", "ListAccountsForParent", { ParentId });
    expect(at(accounts.body, "Accounts.length")).toBe(3);
    const parents = await aws("organizations", "ListParents", { ChildId: "222222222222" });
    expect(parents.body).toEqual({ Parents: [{ Id: ParentId, Type: "ORGANIZATIONAL_UNIT" }] });
  });

  it("tells the tags of an account", async () => {
    const { aws } = makeTestSandbox();
    const { body } = await aws("organizations", "ListTagsForResource", { ResourceId: "222222222222" });
    expect(body).toEqual({ Tags: [{ Key: "stage", Value: "dev" }] });
  });

  it("refuses what does not exist with the error of each operation", async () => {
    const { aws } = makeTestSandbox();
    const ParentId = "ou-0000-00000000";
    expect((await aws("organizations", "ListAccountsForParent", { ParentId })).error).toBe(
      "ParentNotFoundException",
    );
    expect((await aws("organizations", "ListParents", { ChildId: "999999999999" })).error).toBe(
      "ChildNotFoundException",
    );
    expect((await aws("organizations", "ListTagsForResource", { ResourceId: "999999999999" })).error).toBe(
      "TargetNotFoundException",
    );
  });

  it("refuses a page larger than 20 and a token it never gave", async () => {
    const { aws } = makeTestSandbox();
    expect((await aws("organizations", "ListAccounts", { MaxResults: 21 })).error).toBe(
      "InvalidInputException",
    );
    const { body } = await aws("organizations", "ListAccounts", { NextToken: "made-up" });
    expect(body).toMatchObject({ __type: "InvalidInputException", Reason: "INVALID_NEXT_TOKEN" });
  });

  it("throttles by operation and lets more through as time passes", async () => {
    const { aws, clock } = makeTestSandbox();
    await aws("organizations", "ListRoots");
    await aws("organizations", "ListRoots");
    expect((await aws("organizations", "ListRoots")).error).toBe("TooManyRequestsException");
    expect((await aws("organizations", "ListAccounts")).status).toBe(200);
    await clock.advance(1000);
    expect((await aws("organizations", "ListRoots")).status).toBe(200);
  });
});
