import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { bad, type Diagnosis, diagnose, good } from "./diagnosis.ts";
import type { DoctorProbes } from "./doctor-probes.ts";

interface Needs extends Pick<Ports, "clock"> {
  readonly settings: Pick<Settings, "region">;
  readonly tenantId: string;
  readonly probes: Pick<DoctorProbes, "askHost">;
}

/** AWS refuses signatures, and Entra assertions, whose time is off by a few minutes. */
const WARN_SECONDS = 60;
const CRITICAL_SECONDS = 300;

/** Hosts outside AWS's API that have to be reachable, and how far this clock is from theirs. */
export async function diagnoseNetwork({ tenantId, settings, probes, clock }: Needs): Promise<Diagnosis[]> {
  const addresses = [
    `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`,
    "https://graph.microsoft.com/v1.0/organization",
    `https://scim.${settings.region}.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2/ServiceProviderConfig`,
  ];
  const skews: number[] = [];
  const reached = addresses.map((address) =>
    diagnose("Network", new URL(address).host, async () => {
      try {
        const at = await probes.askHost(address);
        if (at !== null) skews.push(Math.round((clock.now() - at) / 1000));
        return good("answers");
      } catch (error) {
        const what = `does not answer: ${error instanceof Error ? error.message : String(error)}`;
        return bad(
          "critical",
          what,
          "Allow functions and this machine to reach it by HTTPS (port 443), without TLS inspection.",
        );
      }
    }),
  );
  const hosts = (await Promise.all(reached)).flat();
  return [...hosts, ...(await diagnose("Network", "clock", async () => judgeClock(skews)))];
}

function judgeClock(skews: readonly number[]) {
  if (skews.length === 0)
    return bad("warning", "No host returned its time.", "Compare this machine's clock with a reliable one.");
  const worst = skews.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0;
  const off = Math.abs(worst);
  if (off <= WARN_SECONDS) return good(`off by at most ${off} s`);
  const what = `This clock is ${off} s ${worst > 0 ? "fast" : "slow"}.`;
  return bad(off > CRITICAL_SECONDS ? "critical" : "warning", what, "Set the clock by NTP.");
}
