import type { Instance, StorePrincipal } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";
import { LedgerKeeper } from "../ledger/ledger-keeper.ts";
import { StorePrincipals } from "../model/actual-assignments.ts";
import { workOff } from "./assignment-worker.ts";
import { Checkpoint } from "./checkpoint.ts";
import { CurrentAssignments } from "./current-assignments.ts";
import { Doubts } from "./doubts.ts";
import { InFlight } from "./in-flight.ts";
import type { ApplyOutcome } from "./outcome.ts";
import { WorkQueue } from "./queue.ts";
import { resolveAssignment } from "./resolve-assignment.ts";
import { AssignmentStarter } from "./start-assignment.ts";

export interface ApplyAssignmentsInput {
  /** The same in every invocation for one plan: the checkpoint hangs on it. */
  readonly planId: string;
  readonly proof: WriteProof;
  readonly instance: Instance;
  /** Name to ARN, of every permission set of the instance ({@link applyPermissionSets}). */
  readonly permissionSetArns: Readonly<Record<string, string>>;
  /** The identity store as it is now: it has the principals that the plan waited for. */
  readonly principals: readonly StorePrincipal[];
  /** Milliseconds since the epoch after which no operation starts; running operations get a minute more. */
  readonly deadline: number;
}

const EARLIER_POLL_MILLISECONDS = 1_000;

/**
 * Applies the assignment changes of a plan: at most 15 operations at once, one per account. Invoke it again with the
 * same `planId` while `remaining` is not 0, and after a crash; it does not repeat finished work.
 * @throws {FlowError} Unexpected when a change got lost; ConflictingOperation when another worker applies the same plan
 */
export async function applyAssignments(
  input: ApplyAssignmentsInput,
  ports: Pick<Ports, "identityCenter" | "records" | "clock" | "events">,
): Promise<ApplyOutcome> {
  const { planId, proof, instance, deadline } = input;
  const { plan } = proof;
  // A run that changes nothing writes nothing.
  if (plan.assignments.length === 0) return { created: 0, deleted: 0, skipped: 0, failed: [], remaining: 0 };
  const checkpoint = await Checkpoint.open(planId, plan, ports);
  if (checkpoint.counts.open === 0) return checkpoint.outcome();
  const inFlight = new InFlight(instance, ports);
  const earlier = await inFlight.look();
  const isFree =
    !checkpoint.isResumed || (await waitForEnd(earlier, inFlight, { deadline, clock: ports.clock }));
  if (!isFree) return checkpoint.outcome();

  const isProven = !checkpoint.isResumed || checkpoint.isClosed;
  // From here on an operation may be running.
  if (checkpoint.isClosed) await checkpoint.save();
  const current = new CurrentAssignments(instance, ports);
  const ledger = new LedgerKeeper(planId, ports);
  const starter = new AssignmentStarter({ instance, current, ledger }, ports);
  const doubts = new Doubts({ inFlight, current, clock: ports.clock });
  const queue = fillQueue(checkpoint, input);
  const total = plan.assignments.length;
  await workOff(
    { queue, inFlight, starter, doubts, ledger, checkpoint, isProven, proof, total, deadline },
    ports,
  );
  return checkpoint.outcome();
}

/** Changes that cannot be started at all fail here. */
function fillQueue(
  checkpoint: Checkpoint,
  { proof: { plan }, permissionSetArns, principals }: ApplyAssignmentsInput,
): WorkQueue {
  const queue = new WorkQueue();
  const names = { permissionSetArns, principals: new StorePrincipals(principals) };
  const mustCheck = checkpoint.isResumed;
  for (const index of checkpoint.openIndexes()) {
    const change = plan.assignments[index];
    if (!change) continue;
    const assignment = resolveAssignment(change, names);
    if ("reason" in assignment) checkpoint.fail(index, assignment.reason);
    else
      queue.add({ index, change, assignment, mustCheck, isUnanswered: false, notBefore: 0, refusal: null });
  }
  return queue;
}

/** Waits until the operations of an earlier invocation have ended; only then can it ask the instance what is done. */
async function waitForEnd(
  requestIds: readonly string[],
  inFlight: InFlight,
  { deadline, clock }: { deadline: number; clock: Ports["clock"] },
): Promise<boolean> {
  let open = requestIds;
  while (open.length > 0) {
    if (clock.now() >= deadline) return false;
    await clock.sleep(EARLIER_POLL_MILLISECONDS);
    const running = new Set(await inFlight.look());
    open = open.filter((id) => running.has(id));
  }
  return true;
}
