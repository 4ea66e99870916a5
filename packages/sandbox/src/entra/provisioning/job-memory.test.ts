import { describe, expect, it } from "vitest";
import { JobMemory } from "./job-memory.ts";

const TRACE = ["id", "Ops", true];

describe("a job's memory of the directory", () => {
  it("spares a cycle when nothing has changed since the last pass", () => {
    const memory = new JobMemory();
    expect(memory.isUpToDate(TRACE, 0)).toBe(false);
    memory.remember(TRACE, memory.forgetTrace());
    expect(memory.isUpToDate([...TRACE], 0)).toBe(true);
    expect(memory.isUpToDate(["id", "Operations", true], 0)).toBe(false);
    expect(memory.isUpToDate([...TRACE, "id"], 0)).toBe(false);
  });

  it("does not spare it when somebody provisioned on demand during the pass", () => {
    const memory = new JobMemory();
    const pass = memory.forgetTrace();
    memory.forgetTrace();
    memory.remember(TRACE, pass);
    expect(memory.isUpToDate(TRACE, 0)).toBe(false);
  });

  it("does not spare it when an object in escrow is due", () => {
    const memory = new JobMemory();
    memory.remember(TRACE, memory.forgetTrace());
    memory.escrows.fail("id", { fingerprint: "", isReference: false }, 0);
    expect(memory.isUpToDate(TRACE, 60_000)).toBe(true);
    expect(memory.isUpToDate(TRACE, 40 * 60_000)).toBe(false);
  });
});
