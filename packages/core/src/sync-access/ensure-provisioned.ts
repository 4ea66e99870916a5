import { putInScope } from "../connect/assign-principals.ts";
import { type Connection, readConnection } from "../connect/connection.ts";
import type { Plan, PlanPrincipal } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { refuseWhenPaused } from "./pause.ts";
import { readPrincipals } from "./read-instance-snapshot.ts";
import { readSnapshot } from "./snapshot.ts";

const POLL_MILLISECONDS = 5_000;
/** On-demand provisioning takes seconds; whoever is not there by then comes with the next cycle and the next run. */
const PATIENCE_MILLISECONDS = 120_000;
/** Entra's limit of members in one request on demand. */
const MEMBERS_AT_ONCE = 5;

type Needs = Pick<
  Ports,
  | "objects"
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

/** Brings the principals that a plan waits for: into the application's scope, on demand, then waits for their arrival. */
export async function ensureProvisioned(
  planKey: string,
  { settings, ...ports }: Needs & { readonly settings: Pick<Settings, "guardrails"> },
): Promise<{ brought: number; missing: number }> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  await refuseWhenPaused(plan, { settings, records: ports.records });
  const awaited = plan.awaited.filter((principal): principal is Awaited => principal.directoryId !== null);
  if (awaited.length === 0) return { brought: 0, missing: 0 };
  const connection = await readConnection(ports.records);
  await bring(awaited, connection, ports);
  const missing = await waitForArrival(awaited, ports);
  for (const { name } of missing) {
    ports.events.emit("warning.raised", {
      message: `${name} is not in the identity store yet: its assignments fail in this run`,
    });
  }
  return { brought: awaited.length - missing.length, missing: missing.length };
}

async function bring(awaited: readonly Awaited[], connection: Connection, ports: Needs): Promise<void> {
  const { application, jobId } = connection;
  if (!application || !jobId) {
    ports.events.emit("warning.raised", {
      message: "Nothing is provisioned on demand: connect has not been run",
    });
    return;
  }
  await putInScope(application, awaited, ports);
  for (const { type, directoryId } of awaited) {
    if (type === "USER") {
      await ports.provisioning.provisionUser(application.servicePrincipalId, jobId, directoryId);
      continue;
    }
    const { users } = await ports.directory.readMembers(directoryId);
    const members = users.slice(0, MEMBERS_AT_ONCE).map(({ id }) => id);
    await ports.provisioning.provisionGroup(application.servicePrincipalId, jobId, directoryId, members);
  }
}

async function waitForArrival(awaited: readonly Awaited[], ports: Needs): Promise<readonly Awaited[]> {
  const end = ports.clock.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const { principals } = await readPrincipals(ports);
    const arrived = new Set(principals.map(({ externalId }) => externalId));
    const missing = awaited.filter(({ directoryId }) => !arrived.has(directoryId));
    if (missing.length === 0 || ports.clock.now() >= end) return missing;
    await ports.clock.sleep(POLL_MILLISECONDS);
  }
}
