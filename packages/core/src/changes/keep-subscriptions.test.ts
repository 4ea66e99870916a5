import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import type { ChangedGroups } from "../ports/group-changes.ts";
import { listDirty } from "./dirty-set.ts";
import { keepSubscriptions, SUBSCRIPTIONS } from "./keep-subscriptions.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const URL = "https://landbridge.example/webhooks/graph";

function aTenant({ webhookUrl = URL }: { webhookUrl?: string | null } = {}) {
  let now = Date.parse("2026-03-02T10:00:00Z");
  let ids = 0;
  const subscriptions = new Map<string, { clientState: string; expiresAt: string }>();
  const changes: (ChangedGroups | null)[] = [];
  const links: (string | null)[] = [];
  const ports = {
    records: new MemoryRecords(),
    executions: { start: async (_flow: string, _input: object, name = "") => name },
    clock: { now: () => now, sleep: async () => undefined },
    newId: () => `0bc7d487-fd6f-41a0-8362-${String((ids += 1)).padStart(12, "0")}`,
    events: { emit: () => undefined },
    settings: { webhookUrl },
    groupChanges: {
      async subscribe({ clientState, expiresAt }: { clientState: string; expiresAt: string }) {
        const id = `s-${subscriptions.size + 1}`;
        subscriptions.set(id, { clientState, expiresAt });
        return { id, expiresAt };
      },
      async find(id: string) {
        const found = subscriptions.get(id);
        return found ? { id, expiresAt: found.expiresAt } : null;
      },
      async renew(id: string, expiresAt: string) {
        const found = subscriptions.get(id);
        if (found) found.expiresAt = expiresAt;
        return found !== undefined;
      },
      async changedSince(link: string | null) {
        links.push(link);
        if (link === null) return { groupIds: [], link: `link-${links.length}` };
        return changes.length > 0 ? (changes.shift() ?? null) : { groupIds: [], link };
      },
    },
  };
  return {
    ports,
    subscriptions,
    changes,
    links,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    keep: (isAsked = false) => keepSubscriptions(isAsked, ports),
    stored: async () => (await SUBSCRIPTIONS.get(ports.records, "groups"))?.value,
    dirty: async () => (await listDirty(ports)).map(({ id }) => id),
  };
}

describe("keepSubscriptions", () => {
  it("subscribes, and keeps of the secret only its hash", async () => {
    const { keep, stored, subscriptions } = aTenant();
    expect(await keep()).toMatchObject({ outcome: "created", changedGroups: 0 });
    const { clientState } = subscriptions.get("s-1") ?? { clientState: "" };
    expect(clientState).toMatch(/^[0-9a-f]{64}$/);
    const record = await stored();
    expect(record).toMatchObject({
      subscriptionId: "s-1",
      clientStateHash: createHash("sha256").update(clientState).digest("hex"),
    });
    expect(JSON.stringify(record)).not.toContain(clientState);
  });

  it("renews at half the subscription's life, not before", async () => {
    const { keep, pass } = aTenant();
    const { expiresAt } = await keep();
    pass(14 * DAY);
    expect(await keep()).toMatchObject({ outcome: "unchanged", expiresAt });
    pass(DAY);
    expect(await keep()).toMatchObject({ outcome: "renewed", expiresAt: "2026-04-15T09:00:00.000Z" });
  });

  it("keeps one subscription alive for a year, looking every hour", async () => {
    const { keep, pass, subscriptions, ports } = aTenant();
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      await keep();
      const left = Date.parse(subscriptions.get("s-1")?.expiresAt ?? "") - ports.clock.now();
      expect(left).toBeGreaterThan(14 * DAY - HOUR);
      pass(HOUR);
    }
    expect(subscriptions.size).toBe(1);
  });

  it("renews when Graph asks for it", async () => {
    const { keep, pass } = aTenant();
    await keep();
    pass(HOUR);
    expect(await keep(true)).toMatchObject({ outcome: "renewed" });
  });

  it("subscribes again, with another secret, when the subscription is gone", async () => {
    const { keep, pass, subscriptions, stored } = aTenant();
    await keep();
    const first = await stored();
    subscriptions.clear();
    pass(HOUR);
    expect(await keep()).toMatchObject({ outcome: "created" });
    expect((await stored())?.["clientStateHash"]).not.toBe(first?.["clientStateHash"]);
  });

  it("marks what changed since the last look, and continues from there", async () => {
    const { keep, changes, links, dirty } = aTenant();
    await keep();
    changes.push({ groupIds: ["g-1", "g-2"], link: "link-b" });
    expect(await keep()).toMatchObject({ changedGroups: 2 });
    expect(await dirty()).toEqual(["group/g-1", "group/g-2"]);
    await keep();
    expect(links).toEqual([null, "link-1", "link-b"]);
  });

  it("finds the same changes again when it could not mark them", async () => {
    const { keep, changes, links, ports } = aTenant();
    await keep();
    changes.push({ groupIds: ["g-1"], link: "link-b" });
    const { start } = ports.executions;
    ports.executions.start = () => Promise.reject(new Error("down"));
    await expect(keep()).rejects.toThrow("down");
    ports.executions.start = start;
    await keep();
    expect(links).toEqual([null, "link-1", "link-1"]);
  });

  it("marks everything when the link is too old", async () => {
    const { keep, changes, dirty, stored } = aTenant();
    await keep();
    changes.push(null);
    await keep();
    expect(await dirty()).toEqual(["all"]);
    expect(await stored()).toMatchObject({ deltaLink: "link-3" });
  });

  it("looks for changes also where no webhook is deployed", async () => {
    const { keep, changes, dirty, subscriptions } = aTenant({ webhookUrl: null });
    expect(await keep()).toMatchObject({ outcome: "none", expiresAt: null });
    changes.push({ groupIds: ["g-1"], link: "link-b" });
    await keep();
    expect(await dirty()).toEqual(["group/g-1"]);
    expect(subscriptions.size).toBe(0);
  });
});
