import { existsSync, readdirSync, readFileSync } from "node:fs";
import { eventRules } from "@landbridge/core";
import { LocalEventBus, type ServiceEvent } from "@landbridge/local";
import { describe, expect, it } from "vitest";

const FOLDER = new URL("../../../shared/contracts/events/", import.meta.url);
const isThere = existsSync(FOLDER);
const STORED = {
  bucketName: "store",
  policyKey: "policy/access.yaml",
  executionPrefix: "arn:aws:states:eu-west-1:111122223333:execution:landbridge-",
};

/** Events that no rule asks for: whatever they say changes no assignment, or was refused; both are sorted out later anyway. */
const NOT_ASKED_FOR = ["identitystore-user-updated", "scim-patch-user-emails-limit"];

/** Names of the rules that an event sets off. */
async function rulesFor(event: ServiceEvent): Promise<string[]> {
  const set: string[] = [];
  const bus = new LocalEventBus({
    clock: { now: () => 0, sleep: async () => undefined },
    region: "eu-west-1",
    accountId: "111122223333",
    newId: () => "id",
    random: () => 0,
    targets: {
      startExecution: () => undefined,
      invokeLambda: (arn) => void set.push(arn.split(":").at(-1) ?? ""),
    },
  });
  for (const { name, pattern } of eventRules(STORED)) {
    bus.rules.put({ name, pattern: JSON.stringify(pattern), state: "ENABLED" });
    bus.rules.putTargets(name, [
      { Id: "one", Arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}` },
    ]);
  }
  bus.publish(event);
  await new Promise(setImmediate);
  return set;
}

function created(key: string): ServiceEvent {
  return {
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: { bucket: { name: "store" }, object: { key } },
  };
}

const title = isThere ? "event rules" : "event rules (skipped: ../shared/contracts/events is not there)";

describe.skipIf(!isThere)(title, () => {
  const names = isThere ? readdirSync(FOLDER).map((file) => file.replace(/\.json$/, "")) : [];
  const asked = names.filter((name) => !name.startsWith("graph-") && !NOT_ASKED_FOR.includes(name));

  function sample(name: string): ServiceEvent {
    const text = readFileSync(new URL(`${name}.json`, FOLDER), "utf8");
    return (JSON.parse(text) as { event: ServiceEvent }).event;
  }

  it.each(asked)("%s sets off exactly one", async (name) => {
    expect(await rulesFor(sample(name))).toHaveLength(1);
  });

  it.each(NOT_ASKED_FOR)("%s sets off none", async (name) => {
    expect(await rulesFor(sample(name))).toEqual([]);
  });
});

describe("event rules", () => {
  it("match the access policy, and no other object", async () => {
    expect(await rulesFor(created("policy/access.yaml"))).toEqual(["policy-changed"]);
    expect(await rulesFor(created("sync-access/plan/1.json"))).toEqual([]);
  });

  it("match no event of Landbridge's own flows", async () => {
    const own = { source: "landbridge", "detail-type": "plan.made", detail: { planKey: "x" } };
    expect(await rulesFor(own)).toEqual([]);
  });
});
