import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

const REFUSED = { name: "ConflictingOperation" };
/** The maximum of one Query answer (DynamoDB API Reference). */
const PAGE_BYTES = 1024 ** 2;

export function describeRecords(makeWorld: MakeWorld): void {
  describe("records", () => {
    it("counts revisions from 1", async () => {
      const { records } = (await makeWorld()).ports;
      expect(await records.get("lease", "one")).toBeNull();
      await records.put("lease", "one", { holder: "a", list: [1, null, { deep: true }] });
      await records.put("lease", "one", { holder: "b" });
      expect(await records.get("lease", "one")).toEqual({ id: "one", value: { holder: "b" }, revision: 2 });
    });

    it("returns a value as it was put", async () => {
      const { records } = (await makeWorld()).ports;
      const value = { text: "Ä 🔑", empty: "", none: null, count: 1.5, list: [[], {}, false] };
      await records.put("connection", "a/b#c", value);
      expect((await records.get("connection", "a/b#c"))?.value).toEqual(value);
    });

    it("writes only on the revision that was read", async () => {
      const { records } = (await makeWorld()).ports;
      await records.put("lease", "one", "first", { ifRevision: 0 });
      await expect(records.put("lease", "one", "again", { ifRevision: 0 })).rejects.toMatchObject(REFUSED);
      await records.put("lease", "one", "second", { ifRevision: 1, expiresAt: 4_102_444_800_000 });
      await expect(records.put("lease", "one", "late", { ifRevision: 1 })).rejects.toMatchObject(REFUSED);
      expect(await records.get("lease", "one")).toMatchObject({ value: "second", revision: 2 });
    });

    it("lets one of many win that write at the same time", async () => {
      const { records } = (await makeWorld()).ports;
      const writes = Array.from({ length: 8 }, (_, index) =>
        records.put("lease", "one", index, { ifRevision: 0 }),
      );
      const refused = (await Promise.allSettled(writes)).filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(7);
      for (const { reason } of refused as PromiseRejectedResult[]) expect(reason).toMatchObject(REFUSED);
      expect((await records.get("lease", "one"))?.revision).toBe(1);
    });

    it("writes on no revision of a record that is gone", async () => {
      const { records } = (await makeWorld()).ports;
      await records.put("lease", "one", "first");
      await records.remove("lease", "one");
      await expect(records.put("lease", "one", "late", { ifRevision: 1 })).rejects.toMatchObject(REFUSED);
      await records.put("lease", "one", "new", { ifRevision: 0 });
      expect((await records.get("lease", "one"))?.revision).toBe(1);
    });

    it("removes only on the revision that was read, and what is gone without complaint", async () => {
      const { records } = (await makeWorld()).ports;
      await records.put("dirty", "account/1", "first");
      await records.put("dirty", "account/1", "second");
      await expect(records.remove("dirty", "account/1", { ifRevision: 1 })).rejects.toMatchObject(REFUSED);
      await records.remove("dirty", "account/1", { ifRevision: 2 });
      await records.remove("dirty", "account/1", { ifRevision: 2 });
      expect(await records.list("dirty")).toEqual([]);
    });

    it("lists one kind, and what was removed no more", async () => {
      const { records } = (await makeWorld()).ports;
      await records.put("ledger", "a", 1);
      await records.put("ledger", "b", 2);
      await records.put("task", "c", 3);
      await records.remove("ledger", "a");
      await records.remove("ledger", "never there");
      expect(await records.list("ledger")).toEqual([{ id: "b", value: 2, revision: 1 }]);
    });

    it("lists all of one kind, over as many pages as there are", async () => {
      const { records } = (await makeWorld()).ports;
      const value = "x".repeat(PAGE_BYTES / 4);
      for (const id of ["a", "b", "c", "d", "e", "f"]) await records.put("ledger", id, value);
      const listed = await records.list("ledger");
      expect(listed.map(({ id }) => id).toSorted()).toEqual(["a", "b", "c", "d", "e", "f"]);
      expect(listed.every((record) => record.value === value)).toBe(true);
    });
  });
}
