import { describe, expect, it } from "vitest";
import { aCrashingHost, type CrashPoint } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";
import { connect, connectionOf, expectSettled, watchTokens } from "../support/rotation.ts";

/** Than which no replica of Entra lags longer. */
const UNTIL_SOMEBODY_LOOKS = 20 * 60_000;
const CHUNK = 20;
const CHUNKS = Array.from({ length: 5 }, (_, index) => index * CHUNK + 1);
const WHEN: readonly CrashPoint["when"][] = ["before", "after"];

async function aCrashingRotation() {
  const tokens = watchTokens();
  const crashing = await aCrashingHost(null, { layers: [tokens.layer] });
  const { host } = crashing;
  await connect(host);
  tokens.watch(host);

  /** Rotates while a function dies at that point, then lets the daily check look after it. */
  async function rotateDespiteCrash(point: CrashPoint): Promise<{ readonly crashed: boolean }> {
    const before = (await connectionOf(host)).scim;
    crashing.crashAt(point);
    const [first] = await host.run("rotate-token", { force: true }, silent);
    const crashed = crashing.requests() >= point.request;
    crashing.crashAt(null);
    await host.deps.clock.sleep(UNTIL_SOMEBODY_LOOKS);
    const [second] = await host.run("rotate-token", {}, silent);
    expect({ point, status: first?.status, again: second?.status, gaps: tokens.gaps }).toEqual({
      point,
      status: crashed ? "FAILED" : "SUCCEEDED",
      again: "SUCCEEDED",
      gaps: [],
    });
    // Either promoted or restored.
    const { scim } = await connectionOf(host);
    const { result } = (second?.output ?? {}) as { result?: string };
    if (result === "not-due" && crashed) expect(scim, JSON.stringify(point)).toEqual(before);
    await expectSettled(host);
    return { crashed };
  }
  return { host, rotateDespiteCrash };
}

describe.each(WHEN)("rotate-token, when a function dies %s a request takes effect", (when) => {
  it.each(CHUNKS)(
    "never leaves Entra without a token that AWS accepts, and the next run settles the rest (from request %i)",
    async (first) => {
      const { rotateDespiteCrash } = await aCrashingRotation();
      for (let request = first; request < first + CHUNK; request += 1)
        if (!(await rotateDespiteCrash({ request, when })).crashed) break;
    },
  );

  it("has died around every request there is", async () => {
    const { rotateDespiteCrash } = await aCrashingRotation();
    expect(await rotateDespiteCrash({ request: CHUNKS.length * CHUNK, when })).toEqual({ crashed: false });
  });
});
