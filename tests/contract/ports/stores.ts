import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

export function describeStores(makeWorld: MakeWorld): void {
  describe("secrets", () => {
    it("keeps a version that is not current, and gives it back by reference", async () => {
      const { ports, secretName } = await makeWorld();
      const first = await ports.secrets.add(secretName, "first");
      const second = await ports.secrets.add(secretName, "second");
      expect(first).not.toEqual(second);
      expect(await ports.secrets.read(first)).toBe("first");
      expect(await ports.secrets.read(second)).toBe("second");
    });

    it("keeps the former version readable when another becomes current", async () => {
      const { ports, secretName } = await makeWorld();
      const first = await ports.secrets.add(secretName, "first");
      await ports.secrets.promote(first);
      const second = await ports.secrets.add(secretName, "second");
      await ports.secrets.promote(second);
      await ports.secrets.promote(second);
      expect(await ports.secrets.read(first)).toBe("first");
      expect(await ports.secrets.read(second)).toBe("second");
    });
  });

  describe("objects", () => {
    it("gives back what was put last, whatever the characters", async () => {
      const { objects } = (await makeWorld()).ports;
      await objects.putText("plans/1.json", "old");
      await objects.putText("plans/1.json", "Ä 🔑 \n neu");
      expect(await objects.readText("plans/1.json")).toBe("Ä 🔑 \n neu");
    });

    it("says that what is not there was not read", async () => {
      const { objects } = (await makeWorld()).ports;
      await expect(objects.readText("plans/2.json")).rejects.toMatchObject({ name: "IncompleteRead" });
    });
  });

  describe("records", () => {
    it("counts revisions from 1", async () => {
      const { records } = (await makeWorld()).ports;
      expect(await records.get("lease", "one")).toBeNull();
      await records.put("lease", "one", { holder: "a", list: [1, null, { deep: true }] });
      await records.put("lease", "one", { holder: "b" });
      expect(await records.get("lease", "one")).toEqual({ id: "one", value: { holder: "b" }, revision: 2 });
    });

    it("writes only on the revision that was read", async () => {
      const { records } = (await makeWorld()).ports;
      await records.put("lease", "one", "first", { ifRevision: 0 });
      const refused = { name: "ConflictingOperation" };
      await expect(records.put("lease", "one", "again", { ifRevision: 0 })).rejects.toMatchObject(refused);
      await records.put("lease", "one", "second", { ifRevision: 1, expiresAt: 4_102_444_800_000 });
      await expect(records.put("lease", "one", "late", { ifRevision: 1 })).rejects.toMatchObject(refused);
      expect(await records.get("lease", "one")).toMatchObject({ value: "second", revision: 2 });
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
  });
}
