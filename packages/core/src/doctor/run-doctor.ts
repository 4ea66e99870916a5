import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { type Severity, worstOf } from "../model/concern.ts";
import { diagnoseAccount } from "./diagnose-account.ts";
import { diagnoseDeployment } from "./diagnose-deployment.ts";
import { diagnoseEntra } from "./diagnose-entra.ts";
import { diagnoseNetwork } from "./diagnose-network.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { DoctorProbes } from "./doctor-probes.ts";

export interface DoctorReport {
  readonly version: 1;
  /** ISO time. */
  readonly checkedAt: string;
  readonly worst: Severity;
  readonly checks: readonly Diagnosis[];
}

type Needs = Omit<Ports, "events" | "newId"> & {
  readonly settings: Settings;
  readonly tenantId: string;
  readonly probes: DoctorProbes;
};

/**
 * Tests what Landbridge needs on both sides, one by one. Writes nothing, and reports failures instead of throwing them.
 */
export async function runDoctor(ports: Needs): Promise<DoctorReport> {
  const sides = await Promise.all([
    diagnoseAccount(ports),
    diagnoseDeployment(ports),
    diagnoseEntra(ports),
    diagnoseNetwork(ports),
  ]);
  const checks = sides.flat();
  const statuses = checks.flatMap(({ status }) => (status === "skipped" ? [] : [status]));
  return {
    version: 1,
    checkedAt: new Date(ports.clock.now()).toISOString(),
    worst: worstOf(statuses),
    checks,
  };
}
