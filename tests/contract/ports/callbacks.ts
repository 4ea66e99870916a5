import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";

export function describeCallbacks(makeWorld: MakeWorld): void {
  describe("callbacks", () => {
    it("gives the state that waits its output", async () => {
      const { ports, startWaiting } = await makeWorld();
      const { taskToken, ended } = await startWaiting();
      await ports.callbacks.succeed(taskToken, { approved: true });
      const { status, output = "" } = await ended();
      expect(status).toBe("SUCCEEDED");
      expect(JSON.parse(output)).toEqual({ approved: true });
    });

    it("fails the state that waits, with the error's name and cause", async () => {
      const { ports, startWaiting } = await makeWorld();
      const { taskToken, ended } = await startWaiting();
      await ports.callbacks.fail(taskToken, "OperatorDeclined", "not today");
      const { status, error, cause } = await ended();
      expect(status).toBe("FAILED");
      expect(error).toBe("OperatorDeclined");
      expect(cause).toBe("not today");
    });

    it("says so when the state no longer waits, and repeats no token", async () => {
      const { ports, startWaiting } = await makeWorld();
      const { taskToken, ended } = await startWaiting();
      await ports.callbacks.succeed(taskToken, 1);
      await ended();
      const again = await ports.callbacks.succeed(taskToken, 2).catch((error: unknown) => error);
      expect(again).toMatchObject({ name: "TaskNotFound" });
      expect(String(again)).not.toContain(taskToken);
    });

    it("finds no state for a token that nobody was given", async () => {
      const { ports } = await makeWorld();
      await expect(ports.callbacks.fail("AQB4nobody", "Any", "any")).rejects.toMatchObject({
        name: "TaskNotFound",
      });
    });
  });
}
