import { readConnection } from "../connect/connection.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";
import type { ProvisioningFailure } from "../ports/provisioning-jobs.ts";
import { whyUnfit } from "../connect/unfit-principals.ts";
import { type FindingSubject, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

/** Beyond this number, only Entra's own words are repeated: each costs a read. */
const LOOKED_AT = 20;
const CONCURRENT_READS = 5;

type Needs = Pick<Ports, "records" | "provisioning" | "directory">;

/** The principals that Entra holds back (escrows), and the attribute at fault. */
export async function checkProvisioningFailures(ports: Needs): Promise<Inspection> {
  const { jobId } = await readConnection(ports.records);
  if (!jobId) return notApplicable("no provisioning job yet");
  const failures = await ports.provisioning.listFailures(jobId);
  const figures = { provisioningFailures: failures.length };
  if (failures.length === 0) return checked("none", { figures });
  const subjects = await mapConcurrently(failures.slice(0, LOOKED_AT), CONCURRENT_READS, (failure) =>
    explain(failure, ports),
  );
  const what = `Entra could not provision ${failures.length === 1 ? "one user or group" : `${failures.length} users and groups`} to AWS, or could not update them there.`;
  return checked(`${failures.length} not provisioned`, {
    findings: [finding("ObjectsNotProvisioned", what, { subjects })],
    figures,
  });
}

async function explain(
  { kind, objectId, displayName, code, reason }: ProvisioningFailure,
  { directory }: Needs,
): Promise<FindingSubject> {
  const said = `${code}: ${reason}`;
  if (kind === "Group") return { name: `group ${displayName}`, reason: said };
  const user = await directory.findUser(objectId);
  if (!user) return { name: displayName, reason: `the user is gone from Entra (${said})` };
  return { name: user.userPrincipalName, reason: whyUnfit(user) ?? said };
}
