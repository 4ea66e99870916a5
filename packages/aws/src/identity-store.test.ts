import { describe, expect, it } from "vitest";
import { awsOn } from "./fake-aws.ts";

const STORE = "d-1234567890";

describe("identity store", () => {
  it("lists the groups of all pages with the external id that SCIM brought", async () => {
    const { identityStore, requests } = awsOn({
      ListGroups: [
        {
          Groups: [
            { GroupId: "g1", DisplayName: "Platform", ExternalIds: [{ Issuer: "scim", Id: "entra-1" }] },
          ],
          NextToken: "2",
        },
        { Groups: [], NextToken: "3" },
        { Groups: [{ GroupId: "g2", DisplayName: "AWSControlTowerAdmins" }] },
      ],
    });
    expect(await identityStore.listGroups(STORE)).toEqual([
      { type: "GROUP", principalId: "g1", name: "Platform", externalId: "entra-1" },
      { type: "GROUP", principalId: "g2", name: "AWSControlTowerAdmins", externalId: null },
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
            UserId: "u1",
            UserName: "ada@example.com",
            DisplayName: "Ada",
            ExternalIds: [{ Issuer: "scim", Id: "entra-7" }],
          },
        ],
      },
    });
    expect(await identityStore.listUsers(STORE)).toEqual([
      { type: "USER", principalId: "u1", name: "ada@example.com", externalId: "entra-7" },
    ]);
  });

  it("takes an answer without a list for an incomplete read, not for an empty store", async () => {
    const { identityStore } = awsOn({ ListGroups: {}, ListUsers: {} });
    await expect(identityStore.listGroups(STORE)).rejects.toMatchObject({ name: "IncompleteRead" });
    await expect(identityStore.listUsers(STORE)).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});
