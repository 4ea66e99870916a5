import { describe, expect, it } from "vitest";
import type { AttributeMapping } from "../ports/provisioning-jobs.ts";
import { findMappingFaults, unusualUserName } from "./mapping-faults.ts";

const user = (target: string, source: string | null): AttributeMapping => ({
  object: "User",
  target,
  source,
});
const group = (target: string, source: string | null): AttributeMapping => ({
  object: "Group",
  target,
  source,
});

const FIT = [
  user("userName", "userPrincipalName"),
  user("active", null),
  user("displayName", "displayName"),
  user("name.givenName", "givenName"),
  user("name.familyName", "surname"),
  user('emails[type eq "work"].value', "mail"),
  user('addresses[type eq "work"].locality', "city"),
  user('addresses[type eq "work"].country', "country"),
  user("externalId", "objectId"),
  group("displayName", "displayName"),
  group("externalId", "objectId"),
  group("members", "members"),
];

function faultsOf(...mappings: AttributeMapping[]) {
  return findMappingFaults(mappings);
}

describe("findMappingFaults", () => {
  it("finds nothing where AWS gets what it requires and one value of everything", () => {
    expect(faultsOf(...FIT)).toEqual([]);
  });

  it.each([
    ["userName", "userPrincipalName"],
    ["displayName", "displayName"],
    ["name.givenName", "givenName"],
    ["name.familyName", "surname"],
  ])("misses %s of users, and says where Entra has it", (target, source) => {
    const [fault, ...more] = faultsOf(
      ...FIT.filter((one) => one.object === "Group" || one.target !== target),
    );
    expect(more).toEqual([]);
    expect(fault?.problem).toContain(`User: nothing is mapped to ${target}`);
    expect(fault?.changes).toEqual([user(target, source)]);
  });

  it("wants the object id as externalId, by which people are recognized", () => {
    const nickname = FIT.map((one) =>
      one.target === "externalId" ? { ...one, source: "mailNickname" } : one,
    );
    expect(faultsOf(...nickname).map(({ changes }) => changes)).toEqual([
      [user("externalId", "objectId")],
      [group("externalId", "objectId")],
    ]);
  });

  it("keeps one of several e-mails, phone numbers and addresses: that of work", () => {
    const [fault, ...more] = faultsOf(
      ...FIT,
      user('emails[type eq "home"].value', "otherMails"),
      user('emails[type eq "other"].value', "proxyAddresses"),
    );
    expect(more).toEqual([]);
    expect(fault?.problem).toContain("AWS refuses users with more than one of emails");
    expect(fault?.changes).toEqual([
      user('emails[type eq "home"].value', null),
      user('emails[type eq "other"].value', null),
    ]);
  });

  it("takes out what AWS does not support", () => {
    const [fault] = faultsOf(...FIT, user("photos", "thumbnailPhoto"));
    expect(fault?.changes).toEqual([user("photos", null)]);
  });
});

describe("unusualUserName", () => {
  it("names where user names come from unless it is the user principal name", () => {
    expect(unusualUserName(FIT)).toBeNull();
    expect(unusualUserName([user("userName", "mail")])).toBe("mail");
    expect(unusualUserName([user("userName", null)])).toBe("an expression");
  });
});
