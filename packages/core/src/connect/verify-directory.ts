import type { DirectorySnapshot } from "../model/directory.ts";
import type { Instance } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import type { ProvisioningFailure } from "../ports/provisioning-jobs.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { readDirectory } from "../policy/read-directory.ts";
import { nameOf, peopleInScope, whyUnfit } from "./unfit-principals.ts";

interface Arrivals {
  readonly expected: number;
  readonly arrived: number;
}

export interface DirectoryReport {
  readonly users: Arrivals;
  readonly groups: Arrivals;
  /** The principals that did not arrive, and why. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/** More than these are in the report only. */
const WARNINGS_SHOWN = 10;
const REPORT_KEY = "connect/directory-report.json";

/** Compares who should have been provisioned with the identity store; stores the list as an object. */
export async function verifyDirectory(
  target: { readonly instance: Instance; readonly jobId: string },
  policy: AccessPolicy,
  ports: Pick<Ports, "directory" | "identityStore" | "provisioning" | "objects" | "events">,
): Promise<Omit<DirectoryReport, "missing"> & { missing: number; reportKey: string }> {
  const { identityStoreId } = target.instance;
  const [directory, groups, users, failures] = await Promise.all([
    readDirectory(policy, ports),
    ports.identityStore.listGroups(identityStoreId),
    ports.identityStore.listUsers(identityStoreId),
    ports.provisioning.listFailures(target.jobId),
  ]);
  const arrived = new Set([...groups, ...users].map(({ externalId }) => externalId));
  const report = compareDirectory(policy, { directory, arrived, failures });
  await ports.objects.putText(REPORT_KEY, JSON.stringify(report));
  for (const { name, reason } of report.missing.slice(0, WARNINGS_SHOWN)) {
    ports.events.emit("warning.raised", { message: `${name} did not arrive in AWS: ${reason}` });
  }
  const more = report.missing.length - WARNINGS_SHOWN;
  if (more > 0)
    ports.events.emit("warning.raised", { message: `${more} more did not arrive: see ${REPORT_KEY}` });
  return { ...report, missing: report.missing.length, reportKey: REPORT_KEY };
}

interface Observed {
  readonly directory: DirectorySnapshot;
  /** External ids in the identity store. */
  readonly arrived: ReadonlySet<string | null>;
  readonly failures: readonly ProvisioningFailure[];
}

/** Pure: expected are the groups in scope, their direct members and the users in scope. */
export function compareDirectory(
  policy: AccessPolicy,
  { directory, arrived, failures }: Observed,
): DirectoryReport {
  const { groups, users } = peopleInScope(policy, directory);
  const reasons = new Map(failures.map(({ objectId, code, reason }) => [objectId, `${code}: ${reason}`]));
  const missing = [...groups, ...users]
    .filter(({ id }) => !arrived.has(id))
    .map((one) => ({
      name: nameOf(one),
      reason: whyUnfit(one) ?? reasons.get(one.id) ?? "Entra's provisioning log does not say why",
    }));
  return { users: arrivals(users, arrived), groups: arrivals(groups, arrived), missing };
}

function arrivals(all: readonly { readonly id: string }[], arrived: Observed["arrived"]): Arrivals {
  return { expected: all.length, arrived: all.filter(({ id }) => arrived.has(id)).length };
}
