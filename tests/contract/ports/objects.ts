import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

const MEBIBYTE = 1024 ** 2;

export function describeObjects(makeWorld: MakeWorld): void {
  describe("objects", () => {
    it("gives back what was put last, whatever the characters", async () => {
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

    it("says that what is not there was not read", async () => {
      const { objects } = (await makeWorld()).ports;
      await expect(objects.readText("plans/2.json")).rejects.toMatchObject({ name: "IncompleteRead" });
    });
  });
}
