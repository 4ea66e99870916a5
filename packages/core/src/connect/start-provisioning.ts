import type { Ports } from "../ports/ports.ts";

/** Starts the job unless it runs: Entra may stop a running job that is started again (synchronizationJob: start). */
export async function startProvisioning(
  servicePrincipalId: string,
  jobId: string,
  { provisioning }: Pick<Ports, "provisioning">,
): Promise<{ started: boolean }> {
  const { code, isScheduled } = await provisioning.readStatus(servicePrincipalId, jobId);
  if (isScheduled && code !== "Quarantine") return { started: false };
  await provisioning.start(servicePrincipalId, jobId);
  return { started: true };
}
