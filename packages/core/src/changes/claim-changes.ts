import { readConnection } from "../connect/connection.ts";
import type { InstanceScope } from "../model/instance.ts";
import { readPolicyVersion } from "../policy-versions/policy-version.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import { policySelectors } from "../policy/selectors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { readPause } from "../sync-access/pause.ts";
import { clearDirty, type DirtyRecord, listDirty, MOST_IN_SCOPE, parseMarks } from "./dirty-set.ts";
import { giveTurnBack, takeTurn } from "./drain-turn.ts";
import { isDue } from "./drain-window.ts";

/** Input of the nested sync-access. */
interface ScopedSync {
  readonly scope: InstanceScope["scope"] | "full";
  readonly ids?: readonly string[];
  /** Marked groups or accounts may no longer exist. */
  readonly unknownIds?: "ignore";
  readonly mode: "apply";
  readonly requestedBy: "events";
}

export type Claim =
  | { readonly outcome: "claimed"; readonly claimKey: string; readonly sync: ScopedSync }
  /** There is nothing to do, another execution does it, or nothing may be done now. The marks stay. */
  | { readonly outcome: "nothing" | "busy" | "paused" | "not-connected" };

interface Needs extends Pick<Ports, "records" | "objects" | "clock" | "newId"> {
  readonly executions: Pick<Ports["executions"], "status">;
  readonly settings: Pick<Settings, "policyKey" | "guardrails">;
}

/**
 * Claims the marks, if this execution gets the lock. Younger marks have their own drain, which would find this one running:
 * so it checks again after it has released the lock.
 * @throws {FlowError} PolicyInvalid when a user changed and the policy cannot say whether that matters
 */
export async function claimChanges(executionArn: string, ports: Needs): Promise<Claim> {
  if (ports.settings.guardrails.paused || (await readPause(ports)) !== null) {
    await giveTurnBack(executionArn, ports);
    return { outcome: "paused" };
  }
  // connect ends with its own full sync, which nothing should block.
  if ((await readConnection(ports.records)).connectedAt === undefined) {
    await giveTurnBack(executionArn, ports);
    return { outcome: "not-connected" };
  }
  for (;;) {
    if (!(await takeTurn(executionArn, ports))) return { outcome: "busy" };
    const claim = await claimDue(ports);
    if (claim) return claim;
    await giveTurnBack(executionArn, ports);
    if ((await dueMarks(ports)).length === 0) return { outcome: "nothing" };
  }
}

/** Removes claimed marks that were not set again since. @throws {FlowError} StoredRecordInvalid */
export async function clearChanges(
  claimKey: string,
  ports: Pick<Ports, "records" | "objects">,
): Promise<{ cleared: number }> {
  return clearDirty(parseMarks(await ports.objects.readText(claimKey), claimKey), ports);
}

/** Releases the lock of a failed drain; its claimed marks stay. */
export async function abandonChanges(executionArn: string, ports: Pick<Ports, "records">): Promise<void> {
  await giveTurnBack(executionArn, ports);
}

async function dueMarks(ports: Needs): Promise<DirtyRecord[]> {
  const marks = await listDirty(ports);
  // All marks, once one is due: a mark taken now does not have to be taken later.
  return marks.some(({ value }) => isDue(value.at, ports.clock.now())) ? marks : [];
}

async function claimDue(ports: Needs): Promise<Claim | null> {
  const due = await withoutOwnPolicies(await dueMarks(ports), ports);
  const marks = await withoutIdleUsers(due, ports);
  const batch = nextBatch(marks);
  if (!batch) return null;
  const claimKey = `changes/claims/${ports.newId()}.json`;
  await ports.objects.putText(claimKey, JSON.stringify(batch.claimed));
  return { outcome: "claimed", claimKey, sync: { ...batch.scope, mode: "apply", requestedBy: "events" } };
}

const POLICY = /^policy\/(.+)$/;
const AT_ONCE = 10;

/** The run that put a version of the policy in force applies it: its mark can be dropped. */
async function withoutOwnPolicies(
  marks: readonly DirtyRecord[],
  ports: Needs,
): Promise<readonly DirtyRecord[]> {
  const own = await mapConcurrently(marks, AT_ONCE, async (mark) => {
    const versionId = POLICY.exec(mark.id)?.[1];
    if (versionId === undefined) return [];
    const version = await readPolicyVersion(versionId, ports);
    return version && version.executionArn !== null ? [mark] : [];
  });
  const done = new Set(own.flat());
  if (done.size === 0) return marks;
  await clearDirty([...done], ports);
  return marks.filter((mark) => !done.has(mark));
}

/** User creations and deletions matter only to a policy that names users; otherwise the mark can be dropped. */
async function withoutIdleUsers(
  marks: readonly DirtyRecord[],
  ports: Needs,
): Promise<readonly DirtyRecord[]> {
  const users = marks.filter(({ id }) => id === "users");
  if (users.length === 0) return marks;
  const policy = await loadPolicy(ports.settings, ports);
  if (policySelectors(policy).users.length > 0) return marks;
  await clearDirty(users, ports);
  return marks.filter(({ id }) => id !== "users");
}

interface Batch {
  readonly claimed: readonly DirtyRecord[];
  readonly scope: Pick<ScopedSync, "scope" | "ids" | "unknownIds">;
}

function nextBatch(marks: readonly DirtyRecord[]): Batch | null {
  if (marks.length === 0) return null;
  const accounts = marks.filter(({ id }) => id.startsWith("account/"));
  const groups = marks.filter(({ id }) => id.startsWith("group/"));
  const isScoped = accounts.length + groups.length === marks.length;
  const fits = Math.max(accounts.length, groups.length) <= MOST_IN_SCOPE;
  if (!isScoped || !fits) return { claimed: marks, scope: { scope: "full" } };
  const claimed = accounts.length > 0 ? accounts : groups;
  const ids = claimed.map(({ id }) => id.slice(id.indexOf("/") + 1)).toSorted();
  return {
    claimed,
    scope: { scope: accounts.length > 0 ? "accounts" : "groups", ids, unknownIds: "ignore" },
  };
}
