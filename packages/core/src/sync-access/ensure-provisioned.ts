import { putInScope } from "../connect/assign-principals.ts";
import { type Connection, readConnection } from "../connect/connection.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";
import type { Ports } from "../ports/ports.ts";
import { readPrincipals } from "./read-principals.ts";
import type { WriteProof } from "./write-proof.ts";

const POLL_MILLISECONDS = 5_000;
/**
 * Provisioning on demand sees a new assignment only after "a replication delay of up to a few minutes" (Microsoft, "On-demand
 * provisioning"), and does nothing before: it is asked again. Principals that have not arrived by then come with the next
 * cycle and the next run.
 */
const PATIENCE_MILLISECONDS = 360_000;
const ASK_AGAIN_MILLISECONDS = 45_000;
/** Entra's limit of members in one request on demand. */
const MEMBERS_AT_ONCE = 5;

type Needs = Pick<
  Ports,
  | "records"
  | "applications"
  | "provisioning"
  | "directory"
  | "identityCenter"
  | "identityStore"
  | "clock"
  | "events"
>;
type Awaited = PlanPrincipal & { readonly directoryId: string };

/** Provisions the principals that a plan waits for: into the application's scope, on demand, then waits for their arrival. */
export async function ensureProvisioned(
  { plan, check }: WriteProof,
  ports: Needs,
): Promise<{ brought: number; missing: number }> {
  const awaited = plan.awaited.filter((principal): principal is Awaited => principal.directoryId !== null);
  if (awaited.length === 0) return { brought: 0, missing: 0 };
  const missing = await bring(awaited, await readConnection(ports.records), { ...ports, check });
  for (const { name } of missing) {
    ports.events.emit("warning.raised", {
      message: `${name} is not in the identity store yet: its assignments fail in this run`,
    });
  }
  return { brought: awaited.length - missing.length, missing: missing.length };
}

/** @returns who has not arrived in the end */
async function bring(
  awaited: readonly Awaited[],
  { application, jobId }: Connection,
  ports: Needs & Pick<WriteProof, "check">,
): Promise<readonly Awaited[]> {
  if (!application || !jobId) {
    ports.events.emit("warning.raised", {
      message: "On-demand provisioning is skipped: connect has not been run",
    });
    return stillMissing(awaited, ports);
  }
  await putInScope(application, awaited, ports);
  const end = ports.clock.now() + PATIENCE_MILLISECONDS;
  let missing = awaited;
  while (missing.length > 0 && ports.clock.now() < end) {
    await provisionOnDemand(missing, { servicePrincipalId: application.servicePrincipalId, jobId }, ports);
    missing = await waitForArrival(missing, ASK_AGAIN_MILLISECONDS, ports);
  }
  return missing;
}

async function provisionOnDemand(
  principals: readonly Awaited[],
  { servicePrincipalId, jobId }: { readonly servicePrincipalId: string; readonly jobId: string },
  { provisioning, directory, check }: Needs & Pick<WriteProof, "check">,
): Promise<void> {
  for (const { type, directoryId } of principals) {
    await check();
    if (type === "USER") {
      await provisioning.provisionUser(servicePrincipalId, jobId, directoryId);
      continue;
    }
    const { users } = await directory.readMembers(directoryId);
    const members = users.slice(0, MEMBERS_AT_ONCE).map(({ id }) => id);
    await provisioning.provisionGroup(servicePrincipalId, jobId, directoryId, members);
  }
}

async function waitForArrival(
  awaited: readonly Awaited[],
  milliseconds: number,
  ports: Needs & Pick<WriteProof, "check">,
): Promise<readonly Awaited[]> {
  const end = ports.clock.now() + milliseconds;
  for (;;) {
    const missing = await stillMissing(awaited, ports);
    if (missing.length === 0 || ports.clock.now() >= end) return missing;
    await ports.clock.sleep(POLL_MILLISECONDS);
    await ports.check();
  }
}

async function stillMissing(awaited: readonly Awaited[], ports: Needs): Promise<readonly Awaited[]> {
  const { principals } = await readPrincipals(ports, new Set(awaited.map(({ type }) => type)));
  const arrived = new Set(principals.map(({ externalId }) => externalId));
  return awaited.filter(({ directoryId }) => !arrived.has(directoryId));
}
