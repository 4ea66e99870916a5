import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { APPLIED } from "../apply/checkpoint.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { OWN_PERMISSION_SETS } from "../apply/own-permission-sets.ts";
import { MARKS } from "../changes/dirty-set.ts";
import { TURNS } from "../changes/drain-turn.ts";
import { SUBSCRIPTIONS } from "../changes/keep-subscriptions.ts";
import { CONNECTIONS, extendConnection } from "../connect/connection.ts";
import { DECISIONS } from "../holds/decision.ts";
import { HOLDS } from "../holds/hold.ts";
import { LEDGER } from "../ledger/ledger-entry.ts";
import { POLICY_VERSIONS } from "../policy-versions/policy-version.ts";
import { PROPOSALS } from "../policy-versions/proposal.ts";
import type { RecordKind } from "../ports/record-store.ts";
import { RUN_STARTS } from "../provenance/run-start.ts";
import { ROTATION_LEASES } from "../rotate-token/lease.ts";
import { BUDGETS } from "../sync-access/deletion-budget.ts";
import { LEASES } from "../sync-access/fence.ts";
import { LAST_SYNCS } from "../sync-access/last-sync.ts";
import { PAUSES, refuseWhenPaused } from "../sync-access/pause.ts";
import type { StoredTask } from "../tasks/operator-task.ts";
import { TASK_KINDS } from "../tasks/task-kinds.ts";
import { TASKS, withoutToken } from "../tasks/task-records.ts";
import { defineRecord, type RecordDefinition } from "./define-record.ts";
import { YESTERDAY } from "../../test-support/yesterday.ts";

type Definition = Omit<RecordDefinition<object>, "put"> & {
  put(records: MemoryRecords, id: string, value: never): Promise<void>;
};

const DEFINITIONS: Readonly<Record<RecordKind, Definition>> = {
  connection: CONNECTIONS,
  task: TASKS,
  ledger: LEDGER,
  apply: APPLIED,
  lease: LEASES,
  "drain-turn": TURNS,
  "rotation-lease": ROTATION_LEASES,
  pause: PAUSES,
  deletions: BUDGETS,
  "permission-set": OWN_PERMISSION_SETS,
  proposal: PROPOSALS,
  "policy-version": POLICY_VERSIONS,
  "run-start": RUN_STARTS,
  hold: HOLDS,
  decision: DECISIONS,
  report: LAST_SYNCS,
  dirty: MARKS,
  subscription: SUBSCRIPTIONS,
};
const ALL = Object.entries(DEFINITIONS) as [RecordKind, Definition][];

async function stored(kind: RecordKind, value: unknown) {
  const records = new MemoryRecords();
  await records.put(kind, "x", value);
  return records;
}

describe.each(ALL)("a record of the kind %s", (kind, definition) => {
  it("is that kind's", () => {
    expect(definition.kind).toBe(kind);
  });

  it.each(YESTERDAY[kind].map((value) => ({ value })))(
    "of yesterday is read as it is (%#)",
    async ({ value }) => {
      const records = await stored(kind, value);
      expect((await definition.get(records, "x"))?.value).toEqual(value);
      expect(await definition.list(records)).toEqual([{ id: "x", value, revision: 1 }]);
    },
  );

  it.each(YESTERDAY[kind].map((value) => ({ value })))(
    "gets a version when it is written (%#)",
    async ({ value }) => {
      const records = new MemoryRecords();
      await definition.put(records, "x", value as never);
      expect((await records.get(kind, "x"))?.value).toEqual({ ...value, version: definition.version });
      expect((await definition.get(records, "x"))?.value).toEqual(value);
    },
  );

  it("is refused by name when a newer version has written it", async () => {
    const version = definition.version + 1;
    const records = await stored(kind, { ...YESTERDAY[kind].at(-1), version });
    const refusal = {
      name: "RecordTooNew",
      retryable: false,
      message: expect.stringContaining(`record ${kind}/x has version ${version}`),
    };
    await expect(definition.get(records, "x")).rejects.toMatchObject(refusal);
    await expect(definition.list(records)).rejects.toMatchObject(refusal);
  });

  it.each([[null], ["text"], [7], [[]], [{ version: "1" }], [{ version: 0 }], [{ version: 1.5 }]])(
    "is not read from %j",
    async (value) => {
      const records = await stored(kind, value);
      const refusal = { name: "StoredRecordInvalid", message: expect.stringContaining(`record ${kind}/x`) };
      await expect(definition.get(records, "x")).rejects.toMatchObject(refusal);
      await expect(definition.list(records)).rejects.toMatchObject(refusal);
    },
  );

  it("names the field that is wrong, whichever it is, and not its value", async () => {
    const value: object = YESTERDAY[kind].at(-1) ?? {};
    for (const field of Object.keys(value)) {
      const records = await stored(kind, { ...value, [field]: { canary: "c4n4ry" } });
      const error = await definition.get(records, "x").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "StoredRecordInvalid", message: expect.stringContaining(field) });
      expect(String(error)).not.toContain("c4n4ry");
    }
  });
});

describe("a stored record", () => {
  const SHAPES = defineRecord<{ name: string; tags: readonly string[] }>({
    kind: "report",
    version: 3,
    schema: z.object({ name: z.string(), tags: z.array(z.string()).readonly() }),
    upgrades: [({ title, ...rest }) => ({ ...rest, name: title }), (fields) => ({ ...fields, tags: [] })],
  });

  it.each([
    ["the first", { title: "a" }],
    ["the second", { version: 2, name: "a" }],
    ["the third", { version: 3, name: "a", tags: [] }],
  ])("of %s version becomes one of the last", async (_, value) => {
    expect((await SHAPES.get(await stored("report", value), "x"))?.value).toEqual({ name: "a", tags: [] });
  });

  it("is what was written, whatever its text and its fields that nobody knows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.array(fc.string()),
        fc.dictionary(
          fc.string({ unit: "grapheme-ascii" }).filter((key) => !["version", "__proto__"].includes(key)),
          fc.jsonValue(),
        ),
        async (name, tags, unknown) => {
          const records = new MemoryRecords();
          const value = JSON.parse(JSON.stringify({ ...unknown, name, tags })) as {
            name: string;
            tags: string[];
          };
          await SHAPES.put(records, "x", value);
          expect((await SHAPES.get(records, "x"))?.value).toEqual(value);
        },
      ),
    );
  });

  it("keeps a field of a later version that needed no new one, when this version writes it back", async () => {
    const records = new MemoryRecords();
    await records.put("connection", "connection", { identityStoreId: "d-1", later: { than: "this" } });
    await extendConnection(records, { identityStoreId: "d-1", jobId: "j" });
    expect((await records.get("connection", "connection"))?.value).toEqual({
      identityStoreId: "d-1",
      later: { than: "this" },
      jobId: "j",
      version: 1,
    });
  });

  it("of a task is known for every kind of task", () => {
    const kinds = YESTERDAY.task.map((task) => (task as StoredTask).subject.kind);
    expect(new Set(kinds)).toEqual(new Set(TASK_KINDS.map(({ kind }) => kind)));
  });

  it("shows nobody a field of a task that this version does not know", async () => {
    const records = await stored("task", { ...YESTERDAY.task[3], laterToken: "sealed" });
    const task = (await TASKS.get(records, "x"))?.value;
    expect(task).toHaveProperty("laterToken");
    expect(JSON.stringify(task && withoutToken(task))).not.toContain("sealed");
  });

  it("stops all runs if it may be a pause", async () => {
    const records = new MemoryRecords();
    await records.put("pause", "sync-access", { version: 2, until: "tomorrow" });
    const deps = { records, settings: { guardrails: {} as never } };
    await expect(refuseWhenPaused({ guardrails: {} as never }, deps)).rejects.toMatchObject({
      name: "RecordTooNew",
    });
  });
});
