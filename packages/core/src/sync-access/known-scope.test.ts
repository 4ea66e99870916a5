import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import { stored, toAssignment } from "../../test-support/sample-plan.ts";
import { aGroup, anOrganization, LAB, objectId } from "../../test-support/sample-world.ts";
import { refuseUnknownAccounts, refuseUnknownGroups } from "./known-scope.ts";

const GONE_ACCOUNT = "999999999999";
const [IN_STORE, IN_ENTRA, IN_LEDGER, NOWHERE] = [objectId(1), objectId(2), objectId(3), objectId(4)];

const change = { ...aChange("create", 1, 3), accountId: GONE_ACCOUNT };
const ledger = [
  { id: ledgerKey(toAssignment(change)), value: anEntry(change, { state: "gone" }), revision: 1 },
];

function refuseGroups(...ids: string[]) {
  const asked: string[] = [];
  const directory = {
    async findGroupById(id: string) {
      asked.push(id);
      return id === IN_ENTRA ? aGroup(2, "Newcomers") : null;
    },
  };
  const refusal = refuseUnknownGroups(ids, { principals: [stored(1)], ledger }, { directory } as never);
  return { refusal, asked };
}

describe("groups of a scope", () => {
  it("may be known to the identity store by either id, to Entra, or to the ledger alone", async () => {
    const { refusal, asked } = refuseGroups(IN_STORE, "store-1", IN_ENTRA, IN_LEDGER, "store-3");
    await refusal;
    expect(asked).toEqual([IN_ENTRA]);
  });

  it("are named when nobody knows them", async () => {
    await expect(refuseGroups(IN_STORE, NOWHERE, "store-9").refusal).rejects.toMatchObject({
      name: "ScopeUnknown",
      message: `There is no group ${NOWHERE}, store-9`,
    });
  });
});

describe("accounts of a scope", () => {
  it("may be in the organization, or have left it with access that Landbridge made", () => {
    expect(() => refuseUnknownAccounts([LAB, GONE_ACCOUNT], anOrganization(), ledger)).not.toThrow();
  });

  it("are named when nobody knows them", () => {
    expect(() => refuseUnknownAccounts([LAB, "123123123123"], anOrganization(), ledger)).toThrow(
      expect.objectContaining({ name: "ScopeUnknown", message: "There is no account 123123123123" }),
    );
  });
});
