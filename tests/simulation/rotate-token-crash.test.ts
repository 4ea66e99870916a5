import { expect } from "vitest";
import { aCrashingHost, type CrashPoint, describeCrashes, UNTIL_SOMEBODY_LOOKS } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";
import { connect, connectionOf, expectSettled, watchTokens } from "../support/rotation.ts";

async function aCrashingRotation() {
  const tokens = watchTokens();
  const crashing = await aCrashingHost(null, { layers: [tokens.layer] });
  const { host } = crashing;
  await connect(host);
  tokens.watch(host);

  /** Twice: the second rotation handles what the first left. */
  async function runCalmly(): Promise<readonly string[]> {
    await host.run("rotate-token", { force: true }, silent);
    crashing.crashAt(null);
    await host.run("rotate-token", { force: true }, silent);
    return crashing.calls();
  }

  /** Rotates while a function dies at that point, then lets the daily check look after it. */
  async function runDespiteCrash(point: CrashPoint): Promise<{ readonly crashed: boolean }> {
    const before = (await connectionOf(host)).scim;
    crashing.crashAt(point);
    const [first] = await host.run("rotate-token", { force: true }, silent);
    const crashed = crashing.hasCrashed();
    const left = await connectionOf(host);
    crashing.crashAt(null);
    await host.deps.clock.sleep(UNTIL_SOMEBODY_LOOKS);
    const [second] = await host.run("rotate-token", {}, silent);
    expect({ point, status: first?.status, again: second?.status, gaps: tokens.gaps }).toEqual({
      point,
      status: crashed ? "FAILED" : "SUCCEEDED",
      again: "SUCCEEDED",
      gaps: [],
    });
    // If a second run finds nothing due, it leaves the token alone: the first one was restored, or had finished.
    const { scim } = await connectionOf(host);
    const { result } = (second?.output ?? {}) as { result?: string };
    if (result === "not-due" && crashed)
      expect(scim, JSON.stringify(point)).toEqual(left.formerScim ? before : left.scim);
    await expectSettled(host);
    return { crashed };
  }
  return { runCalmly, runDespiteCrash };
}

for (const when of ["before", "after"] as const) {
  describeCrashes({
    flow: "rotate-token",
    promise: "never leaves Entra without a token that AWS accepts, and the next run settles the rest",
    when,
    kinds: 40,
    make: aCrashingRotation,
  });
}
