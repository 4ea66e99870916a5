import { describe, expect, it } from "vitest";
import { certificatesOf, expectOneCertificate, watchSignIn } from "../support/certificates.ts";
import { aCrashingHost, type CrashPoint } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";
import { connect } from "../support/rotation.ts";

/** Than which no replica of Entra lags longer. */
const UNTIL_SOMEBODY_LOOKS = 20 * 60_000;
const CHUNK = 20;
const CHUNKS = Array.from({ length: 3 }, (_, index) => index * CHUNK + 1);
const WHEN: readonly CrashPoint["when"][] = ["before", "after"];

async function aCrashingRotation() {
  const signIn = watchSignIn();
  const crashing = await aCrashingHost(null, { layers: [signIn.layer] });
  const { host } = crashing;
  await connect(host);
  signIn.watch(host);

  /** Rotates while a function dies at that point, then again. */
  async function rotateDespiteCrash(point: CrashPoint): Promise<{ readonly crashed: boolean }> {
    const before = certificatesOf(host).active;
    crashing.crashAt(point);
    const [first] = await host.run("rotate-certificate", { force: true }, silent);
    const crashed = crashing.requests() >= point.request;
    crashing.crashAt(null);
    await host.deps.clock.sleep(UNTIL_SOMEBODY_LOOKS);
    const [second] = await host.run("rotate-certificate", { force: crashed }, silent);
    expect({ point, status: first?.status, again: second?.status, gaps: signIn.gaps }).toEqual({
      point,
      status: crashed ? "FAILED" : "SUCCEEDED",
      again: "SUCCEEDED",
      gaps: [],
    });
    expect(await expectOneCertificate(host), JSON.stringify(point)).not.toBe(before);
    return { crashed };
  }
  return { rotateDespiteCrash };
}

describe.each(WHEN)("rotate-certificate, when a function dies %s a request takes effect", (when) => {
  it.each(CHUNKS)(
    "never keeps anybody from signing in, and the next run leaves one certificate (from request %i)",
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
