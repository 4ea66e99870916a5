import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

export function describeSecrets(makeWorld: MakeWorld): void {
  describe("secrets", () => {
    it("keeps every version that is added, and gives each back by its reference", async () => {
      const { ports, secretName } = await makeWorld();
      const first = await ports.secrets.add(secretName, "first");
      const second = await ports.secrets.add(secretName, "second");
      expect(first).not.toEqual(second);
      expect(await ports.secrets.read(first)).toBe("first");
      expect(await ports.secrets.read(second)).toBe("second");
    });

    it("leaves current what is, when it adds a version", async () => {
      const { ports, secretName, secretAt } = await makeWorld();
      await ports.secrets.promote(await ports.secrets.add(secretName, "first"));
      await ports.secrets.add(secretName, "second");
      expect(await secretAt("AWSCURRENT")).toBe("first");
    });

    it("makes a version current and the former one previous, however often", async () => {
      const { ports, secretName, secretAt } = await makeWorld();
      const first = await ports.secrets.add(secretName, "first");
      await ports.secrets.promote(first);
      const second = await ports.secrets.add(secretName, "second");
      await ports.secrets.promote(second);
      await ports.secrets.promote(second);
      expect(await secretAt("AWSCURRENT")).toBe("second");
      expect(await secretAt("AWSPREVIOUS")).toBe("first");
      expect(await ports.secrets.read(first)).toBe("first");
    });

    it("goes back to the previous version", async () => {
      const { ports, secretName, secretAt } = await makeWorld();
      const first = await ports.secrets.add(secretName, "first");
      await ports.secrets.promote(first);
      await ports.secrets.promote(await ports.secrets.add(secretName, "second"));
      await ports.secrets.promote(first);
      expect(await secretAt("AWSCURRENT")).toBe("first");
      expect(await secretAt("AWSPREVIOUS")).toBe("second");
    });

    it("gives nothing for a version that was never added", async () => {
      const { ports, secretName } = await makeWorld();
      await ports.secrets.add(secretName, "first");
      const versionId = "00000000-0000-4000-8000-000000000000";
      await expect(ports.secrets.read({ name: secretName, versionId })).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
    });
  });
}
