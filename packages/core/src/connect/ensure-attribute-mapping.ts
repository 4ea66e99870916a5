import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { findMappingFaults, unusualUserName } from "./mapping-faults.ts";

/**
 * Checks what Entra sends to AWS about each user and group. In a job that has never run, faults are corrected; a job that
 * somebody has started keeps its mappings, and the faults are reported.
 * @throws {FlowError} AttributeMappingUnfit with every fault
 */
export async function ensureAttributeMapping(
  { servicePrincipalId, jobId }: { readonly servicePrincipalId: string; readonly jobId: string },
  { provisioning, events }: Pick<Ports, "provisioning" | "events">,
): Promise<{ corrected: number }> {
  const mappings = await provisioning.readMappings(servicePrincipalId, jobId);
  const nameSource = unusualUserName(mappings);
  if (nameSource !== null) {
    events.emit("warning.raised", {
      message: `User names in AWS come from ${nameSource}: people can sign in only if the SAML claim NameID is the same`,
    });
  }
  const faults = findMappingFaults(mappings);
  if (faults.length === 0) return { corrected: 0 };
  const { isScheduled, initialCycleAt } = await provisioning.readStatus(servicePrincipalId, jobId);
  if (isScheduled || initialCycleAt !== null) {
    const problems = faults.map(({ problem }) => problem).join("; ");
    throw new FlowError(
      "AttributeMappingUnfit",
      `The provisioning job runs with unfit mappings. ${problems}`,
    );
  }
  await provisioning.changeMappings(
    servicePrincipalId,
    jobId,
    faults.flatMap(({ changes }) => changes),
  );
  for (const { problem } of faults) events.emit("warning.raised", { message: `Corrected. ${problem}` });
  return { corrected: faults.length };
}
