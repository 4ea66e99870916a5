import { expect } from "vitest";
import { certificatesOf, expectOneCertificate, watchSignIn } from "../support/certificates.ts";
import { aCrashingHost, type CrashPoint, describeCrashes, UNTIL_SOMEBODY_LOOKS } from "../support/crash.ts";
import { silent } from "../support/flow-host.ts";
import { connect } from "../support/rotation.ts";

async function aCrashingRotation() {
  const signIn = watchSignIn();
  const crashing = await aCrashingHost(null, { layers: [signIn.layer] });
  const { host } = crashing;
  await connect(host);
  signIn.watch(host);

  /** Twice: the second rotation handles what the first left. */
  async function runCalmly(): Promise<readonly string[]> {
    await host.run("rotate-certificate", { force: true }, silent);
    crashing.crashAt(null);
    await host.run("rotate-certificate", { force: true }, silent);
    return crashing.calls();
  }

  /** Rotates while a function dies at that point, then again. */
  async function runDespiteCrash(point: CrashPoint): Promise<{ readonly crashed: boolean }> {
    const before = certificatesOf(host).active;
    crashing.crashAt(point);
    const [first] = await host.run("rotate-certificate", { force: true }, silent);
    const crashed = crashing.hasCrashed();
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
  return { runCalmly, runDespiteCrash };
}

for (const when of ["before", "after"] as const) {
  describeCrashes({
    flow: "rotate-certificate",
    promise: "never keeps anybody from signing in, and the next run leaves one certificate",
    when,
    kinds: 47,
    make: aCrashingRotation,
  });
}
