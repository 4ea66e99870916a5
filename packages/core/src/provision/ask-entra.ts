import type { DirectoryUser } from "../model/directory.ts";
import type { Ports } from "../ports/ports.ts";
import type { OnDemandOutcome } from "../ports/provisioning-jobs.ts";

/** Entra's limit of members in one request on demand. */
const MEMBERS_AT_ONCE = 5;
const NOT_ENTITLED = "NotEffectivelyEntitled";
/** On-demand provisioning sees a new assignment after "a replication delay of up to a few minutes". */
const PATIENCE_MILLISECONDS = 360_000;
const ASK_AGAIN_MILLISECONDS = 45_000;

export interface JobAddress {
  readonly servicePrincipalId: string;
  readonly jobId: string;
}

interface Progress {
  /** Receives the number of members requested from Entra so far. */
  readonly onProgress: (text: string) => void;
}

type Needs = Pick<Ports, "provisioning" | "clock"> & Progress;

/** Asks for a user; retries while Entra has not yet replicated the assignment. */
export function askForUser(
  { servicePrincipalId, jobId }: JobAddress,
  userId: string,
  ports: Needs,
): Promise<OnDemandOutcome> {
  return askUntilHonoured(() => ports.provisioning.provisionUser(servicePrincipalId, jobId, userId), ports);
}

/**
 * Asks for a group with all of these members, five per request. Stops at the first outcome that is not a success: the others
 * would be the same.
 */
export async function askForGroup(
  { servicePrincipalId, jobId }: JobAddress,
  group: { readonly id: string; readonly members: readonly DirectoryUser[] },
  ports: Needs,
): Promise<OnDemandOutcome> {
  const ids = group.members.map(({ id }) => id);
  const ask = (from: number) =>
    ports.provisioning.provisionGroup(
      servicePrincipalId,
      jobId,
      group.id,
      ids.slice(from, from + MEMBERS_AT_ONCE),
    );
  let outcome = await askUntilHonoured(() => ask(0), ports);
  for (let from = MEMBERS_AT_ONCE; from < ids.length && isDone(outcome); from += MEMBERS_AT_ONCE) {
    ports.onProgress(`asked for ${from} of ${ids.length} members`);
    outcome = await ask(from);
  }
  return outcome;
}

/** Whether the object is in AWS according to Entra. */
export function isDone({ result, code }: OnDemandOutcome): boolean {
  return result !== "Failure" && code !== NOT_ENTITLED;
}

async function askUntilHonoured(
  ask: () => Promise<OnDemandOutcome>,
  { clock, onProgress }: Needs,
): Promise<OnDemandOutcome> {
  const end = clock.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const outcome = await ask();
    if (outcome.code !== NOT_ENTITLED || clock.now() >= end) return outcome;
    onProgress("assigned, but Entra does not know it yet: retrying for up to six minutes");
    await clock.sleep(ASK_AGAIN_MILLISECONDS);
  }
}
