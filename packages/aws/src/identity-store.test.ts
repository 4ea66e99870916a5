import { describe, expect, it } from "vitest";
import { awsOn, broken } from "../test-support/fake-aws.ts";
import { storeId } from "../test-support/sample-instance.ts";

const STORE = "d-1234567890";
const ISSUER = "https://scim.eu-central-1.amazonaws.com/11111111-2222";

describe("identity store", () => {
  it("lists the groups of all pages with the external id that SCIM brought", async () => {
    const { identityStore, requests } = awsOn({
      ListGroups: [
        {
          Groups: [
            {
              IdentityStoreId: STORE,
              GroupId: storeId(1),
              DisplayName: "Platform",
              ExternalIds: [{ Issuer: ISSUER, Id: "entra-1" }],
            },
          ],
          NextToken: "2",
        },
        { Groups: [], NextToken: "3" },
        { Groups: [{ IdentityStoreId: STORE, GroupId: storeId(2), DisplayName: "AWSControlTowerAdmins" }] },
      ],
    });
    expect(await identityStore.listGroups(STORE)).toEqual([
      { type: "GROUP", principalId: storeId(1), name: "Platform", externalId: "entra-1" },
      { type: "GROUP", principalId: storeId(2), name: "AWSControlTowerAdmins", externalId: null },
    ]);
    expect(requests).toMatchObject([
      { target: "AWSIdentityStore.ListGroups", body: { IdentityStoreId: STORE } },
      { body: { NextToken: "2" } },
      { body: { NextToken: "3" } },
    ]);
  });

  it("lists users by user name", async () => {
    const { identityStore } = awsOn({
      ListUsers: {
        Users: [
          {
            IdentityStoreId: STORE,
            UserId: storeId(1),
            UserName: "ada@example.com",
            DisplayName: "Ada",
            ExternalIds: [{ Issuer: ISSUER, Id: "entra-7" }],
          },
        ],
      },
    });
    expect(await identityStore.listUsers(STORE)).toEqual([
      { type: "USER", principalId: storeId(1), name: "ada@example.com", externalId: "entra-7" },
    ]);
  });

  it("takes an answer without a list for an incomplete read, not for an empty store", async () => {
    const { identityStore } = awsOn({ ListGroups: broken({}), ListUsers: broken({}) });
    await expect(identityStore.listGroups(STORE)).rejects.toMatchObject({ name: "IncompleteRead" });
    await expect(identityStore.listUsers(STORE)).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});
