import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEvent } from "./read-event.ts";

const FOLDER = new URL("../../../../../shared/contracts/events/", import.meta.url);
const isThere = existsSync(FOLDER);
const STORE_GROUP = "92f5e4c4-60a1-70d3-8f0b-7a5c1d2e3f40";
const SCIM_GROUP = "04c8e4a8-20b1-7069-9d0f-6c2a1f5b7e43";

/** Files of the folder, without `.json`, and what each says may have changed. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  "cloudtrail-identitystore-create-group-membership": [`group ${STORE_GROUP}`],
  "cloudtrail-sso-create-account-assignment": ["account 444455556666"],
  "cloudtrail-sso-delete-account-assignment": ["account 444455556666"],
  "cloudtrail-sso-directory-add-member": [`group ${STORE_GROUP}`],
  "control-tower-create-managed-account": ["account 444455556666"],
  "control-tower-update-managed-account": ["account 444455556666"],
  "health-scim-token-expiry": [],
  "identitystore-group-created": [`group ${STORE_GROUP}`],
  "identitystore-group-deleted": ["all"],
  "identitystore-group-updated": [`group ${STORE_GROUP}`],
  "identitystore-user-created": ["users"],
  "identitystore-user-deleted": ["users"],
  "identitystore-user-updated": [],
  "organizations-account-departed": ["account 777788889999"],
  "organizations-account-joined": ["account 777788889999"],
  "organizations-close-account-result": ["account 555555555555"],
  "organizations-create-account-result": ["account 444455556666"],
  "organizations-create-account-result-failed": [],
  "organizations-move-account": ["account 444455556666"],
  "scim-create-group": [`group ${SCIM_GROUP}`],
  "scim-create-group-conflict": [],
  "scim-create-user": ["users"],
  "scim-patch-group-members": [`group ${SCIM_GROUP}`],
  "scim-patch-group-missing-path": [],
  "scim-patch-user-emails-limit": [],
};

interface Sample {
  readonly event?: Record<string, unknown>;
  readonly _assumed?: readonly string[];
}

function sample(name: string): Sample {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Sample;
}

function meaningOf(event: unknown): string[] {
  const { hints } = readEvent(event, { policyKey: "policy/access.yaml" });
  return hints.map((hint) => ("id" in hint ? `${hint.kind} ${hint.id}` : hint.kind));
}

/** The event without a member that no documentation covers. */
function without(event: unknown, pointer: string): unknown {
  const copy = structuredClone({ event }) as Record<string, unknown>;
  const path = pointer.slice(1).split("/");
  const last = path.pop() ?? "";
  const holder = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    copy,
  );
  if (typeof holder === "object" && holder !== null) Reflect.deleteProperty(holder, last);
  return copy["event"];
}

const title = isThere
  ? "published events"
  : "published events (skipped: ../shared/contracts/events is not there)";

describe.skipIf(!isThere)(title, () => {
  const names = isThere ? readdirSync(FOLDER).map((file) => file.replace(/\.json$/, "")) : [];
  const events = names.filter((name) => !name.startsWith("graph-"));

  it("are all known by this test", () => {
    expect(events.toSorted()).toEqual(Object.keys(MEANINGS).toSorted());
  });

  it.each(events)("%s says what may have changed, and no more", (name) => {
    expect(meaningOf(sample(name).event)).toEqual(MEANINGS[name]);
  });

  it.each(
    events.flatMap((name) =>
      (sample(name)._assumed ?? [])
        .filter((pointer) => !/\/(source|detail-type|detail)$/.test(pointer))
        .map((pointer) => [name, pointer] as const),
    ),
  )("%s is understood without %s, which is not documented: everything is looked at", (name, pointer) => {
    const { event } = sample(name);
    const meaning = meaningOf(without(event, pointer));
    const narrow = MEANINGS[name] ?? [];
    // With less information, the event must mark at least as much.
    if (!meaning.includes("all") && narrow.length > 0 && !/member/.test(name))
      expect(meaning).toEqual(narrow);
  });
});
