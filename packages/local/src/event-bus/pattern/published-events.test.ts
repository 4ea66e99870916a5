import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compilePattern } from "./compile-pattern.ts";

const FOLDER = new URL("../../../../../../shared/contracts/events/", import.meta.url);
const isThere = existsSync(FOLDER);

/** Names of the sample events that a pattern matches. */
function matchedBy(pattern: object): string[] {
  const matches = compilePattern(JSON.stringify(pattern));
  return readdirSync(FOLDER)
    .filter((file) => {
      const { event } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as { event?: object };
      return event !== undefined && matches(event);
    })
    .map((file) => file.replace(".json", ""))
    .sort();
}

const reason = isThere ? "" : " (skipped: sample events are not part of this clone)";
describe.skipIf(!isThere)(`patterns against events as AWS documents them${reason}`, () => {
  it("source and detail-type tell native Identity Store events from those of CloudTrail", () => {
    const source = ["aws.identitystore"];

    expect(matchedBy({ source, "detail-type": [{ prefix: "User " }] })).toEqual([
      "identitystore-user-created",
      "identitystore-user-deleted",
      "identitystore-user-updated",
    ]);
    expect(matchedBy({ source, "detail-type": ["AWS API Call via CloudTrail"] })).toContain(
      "cloudtrail-identitystore-create-group-membership",
    );
  });

  it("detail.eventSource finds SCIM and console events whose source is not documented", () => {
    expect(matchedBy({ detail: { eventSource: ["identitystore-scim.amazonaws.com"] } })).toSatisfy(
      (names: string[]) => names.length > 0 && names.every((name) => name.startsWith("scim-")),
    );
    expect(matchedBy({ detail: { eventSource: ["sso-directory.amazonaws.com"] } })).toEqual([
      "cloudtrail-sso-directory-add-member",
    ]);
  });

  it("detail.eventName finds changes of assignments", () => {
    const eventName = [{ suffix: "AccountAssignment" }];

    expect(
      matchedBy({ source: ["aws.sso"], detail: { eventSource: ["sso.amazonaws.com"], eventName } }),
    ).toEqual(["cloudtrail-sso-create-account-assignment", "cloudtrail-sso-delete-account-assignment"]);
  });

  it("exists tells calls that failed from those that did not", () => {
    const eventSource = ["identitystore-scim.amazonaws.com"];
    const failed = matchedBy({ detail: { eventSource, errorCode: [{ exists: true }] } });
    const worked = matchedBy({ detail: { eventSource, errorCode: [{ exists: false }] } });

    expect(failed).toContain("scim-create-group-conflict");
    expect(worked).toContain("scim-create-group");
    expect(failed.filter((name) => worked.includes(name))).toEqual([]);
  });
});
