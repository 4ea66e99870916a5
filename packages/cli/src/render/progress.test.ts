import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { makeProgress } from "./progress.ts";

class Screen extends Writable {
  text = "";
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function shown(act: (progress: ReturnType<typeof makeProgress>) => void): string {
  const err = new Screen();
  act(makeProgress({ err, variables: {} }));
  return err.text;
}

describe("progress without a terminal", () => {
  it("is one plain line a state, with how long it took", () => {
    const text = shown((progress) => {
      progress.stateEntered("connect", "AssignPrincipals");
      progress.stateEnded("connect", { name: "AssignPrincipals", status: "SUCCEEDED", durationMs: 1500 });
      progress.stateEnded("connect", { name: "VerifyDirectory", status: "FAILED", durationMs: 100_000 });
    });

    expect(text).toBe("  ✓ connect AssignPrincipals 1.5 s\n  ✗ connect VerifyDirectory 1 min 40 s\n");
  });

  it("reports a recurring state less and less often, with the total time", () => {
    const text = shown((progress) => {
      for (let count = 1; count <= 7; count += 1)
        progress.stateEnded("watch", { name: "Wait", status: "SUCCEEDED", durationMs: count * 1000 });
      progress.stateEnded("watch", { name: "Wait", status: "FAILED", durationMs: 8500 });
    });

    expect(text.split("\n")).toEqual([
      "  ✓ watch Wait 1.0 s",
      "  ✓ watch Wait 2.0 s, 2 times",
      "  ✓ watch Wait 4.0 s, 4 times",
      "  ✗ watch Wait 8.5 s, 8 times",
      "",
    ]);
  });

  it("tells every tenth of a long apply, failures included", () => {
    const text = shown((progress) => {
      for (let done = 1; done <= 100; done += 1)
        progress.emit("assignments.progressed", { done, total: 100, failed: 2 });
    });

    expect(text.split("\n").slice(0, 2)).toEqual([
      "  … 10/100, 2 failed assignments",
      "  … 20/100, 2 failed assignments",
    ]);
    expect(text.trim().split("\n")).toHaveLength(10);
  });

  it("keeps lines back while a prompt has the terminal, and shows them afterwards", () => {
    let during = "";
    const err = new Screen();
    const progress = makeProgress({ err, variables: {} });
    progress.pause();
    progress.emit("warning.raised", { message: "late" });
    during = err.text;
    progress.resume();

    expect(during).toBe("");
    expect(err.text).toBe("  ! late\n");
  });
});
