import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

const MEBIBYTE = 1024 ** 2;

export function describeObjects(makeWorld: MakeWorld): void {
  describe("objects", () => {
    it("returns what was put last, whatever the characters", async () => {
      const { objects } = (await makeWorld()).ports;
      await objects.putText("plans/1.json", "old");
      await objects.putText("plans/1.json", "Ä 🔑 \n neu");
      expect(await objects.readText("plans/1.json")).toBe("Ä 🔑 \n neu");
    });

    it.each([
      ["nothing", 0],
      ["more than a state could carry", MEBIBYTE],
    ])("keeps %s", async (_, length) => {
      const { objects } = (await makeWorld()).ports;
      await objects.putText("snapshots/large.json", "x".repeat(length));
      expect((await objects.readText("snapshots/large.json")).length).toBe(length);
    });

    it("keeps every version as it was written, and says which one is the newest", async () => {
      const { objects } = (await makeWorld()).ports;
      const old = await objects.putText("plans/1.json", "old");
      const added = await objects.putText("plans/1.json", "new");
      expect(added).not.toBe(old);
      expect(await objects.readText("plans/1.json", old)).toBe("old");
      expect(await objects.readText("plans/1.json", added)).toBe("new");
      expect(await objects.read("plans/1.json")).toEqual({ text: "new", versionId: added });
      expect(await objects.currentVersion("plans/1.json")).toBe(added);
    });

    it("makes a version of its own of the same text written again", async () => {
      const { objects } = (await makeWorld()).ports;
      const first = await objects.putText("plans/1.json", "same");
      expect(await objects.putText("plans/1.json", "same")).not.toBe(first);
    });

    it("removes an object from view, not its versions, until it is written again", async () => {
      const { objects } = (await makeWorld()).ports;
      const old = await objects.putText("plans/1.json", "old");
      await objects.remove("plans/1.json");
      await expect(objects.read("plans/1.json")).rejects.toMatchObject({ name: "IncompleteRead" });
      expect(await objects.currentVersion("plans/1.json")).toBeNull();
      expect(await objects.readText("plans/1.json", old)).toBe("old");
      const added = await objects.putText("plans/1.json", "new");
      expect(await objects.read("plans/1.json")).toEqual({ text: "new", versionId: added });
    });

    it("has nothing to remove where nothing is, and still nothing there afterwards", async () => {
      const { objects } = (await makeWorld()).ports;
      for (const _ of [1, 2]) await objects.remove("plans/2.json");
      expect(await objects.currentVersion("plans/2.json")).toBeNull();
    });

    it("has no version of what is not there, and none under an id that it did not give", async () => {
      const { objects } = (await makeWorld()).ports;
      const version = await objects.putText("plans/1.json", "text");
      expect(await objects.currentVersion("plans/2.json")).toBeNull();
      const unknown = [
        objects.readText("plans/2.json", version),
        objects.readText("plans/1.json", "made-up"),
        objects.read("plans/2.json"),
      ];
      for (const read of unknown) await expect(read).rejects.toMatchObject({ name: "IncompleteRead" });
    });

    it("says that what is not there was not read", async () => {
      const { objects } = (await makeWorld()).ports;
      await expect(objects.readText("plans/2.json")).rejects.toMatchObject({ name: "IncompleteRead" });
    });
  });
}
