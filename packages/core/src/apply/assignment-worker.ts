import { type FlowError, isFlowError } from "../errors.ts";
import type { LedgerKeeper } from "../ledger/ledger-keeper.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";
import type { AssignmentOperation } from "../ports/identity-center.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Doubts } from "./doubts.ts";
import type { InFlight, Verdict } from "./in-flight.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";
import { checkConservation } from "./outcome.ts";
import { PATIENCE, backoff } from "./patience.ts";
import type { WorkItem, WorkQueue } from "./queue.ts";
import type { AssignmentStarter, Started } from "./start-assignment.ts";

/** After the deadline operations get this long to end; those that do not are found again by the next invocation. */
const DRAIN_MILLISECONDS = 60_000;
/**
 * The wait between polls when no operation of ours is running: others use the slots, or a refusal is being waited out.
 */
const IDLE_MILLISECONDS = 2_000;
/** Many verdicts come at once, and each writes a ledger record: one after the other they would delay the next starts. */
const SETTLED_AT_ONCE = 16;

type Needs = Pick<Ports, "clock" | "events">;

interface WorkerInput {
  readonly queue: WorkQueue;
  readonly inFlight: InFlight;
  readonly starter: AssignmentStarter;
  readonly doubts: Doubts;
  readonly ledger: LedgerKeeper;
  readonly checkpoint: Checkpoint;
  /** Whether the checkpoint contains everything that was started. */
  readonly isProven: boolean;
  readonly proof: Pick<WriteProof, "check">;
  readonly total: number;
  /** Milliseconds since the epoch after which nothing new starts. */
  readonly deadline: number;
}

/**
 * Processes a queue until it is empty or time is up. When the right to write is lost, it starts nothing more, waits for what
 * AWS has already accepted, and saves its progress.
 * @throws what the proof throws
 */
export async function workOff(input: WorkerInput, ports: Needs): Promise<void> {
  const { queue, inFlight, doubts, checkpoint, deadline, proof } = input;
  const { clock } = ports;
  const worker = new Worker(input, ports);
  let refusal = await refusalOf(proof);
  let giveUpAt = deadline + DRAIN_MILLISECONDS;
  for (;;) {
    if (refusal === null) refusal = await worker.startWhatFits();
    worker.report();
    if (refusal !== null) giveUpAt = Math.min(giveUpAt, clock.now() + DRAIN_MILLISECONDS);
    const isOver = refusal !== null || clock.now() >= deadline;
    if (inFlight.size === 0 && (isOver || queue.size + doubts.size === 0)) break;
    if (clock.now() >= giveUpAt) break;
    await clock.sleep(inFlight.size === 0 ? IDLE_MILLISECONDS : inFlight.pollAfterMilliseconds);
    const verdicts = await inFlight.poll();
    await mapConcurrently(verdicts, SETTLED_AT_ONCE, (verdict) => worker.settle(verdict));
    await worker.settleDoubts();
    worker.report();
    await checkpoint.saveIfDue();
    // After the poll: what starts next fills the slots that it found free. Were the run stopped in between, more than
    // those fifteen operations would end after the stop.
    refusal ??= await refusalOf(proof);
  }
  await (worker.isProven && inFlight.size === 0 ? checkpoint.close() : checkpoint.save());
  if (refusal !== null) throw refusal;
}

/** Why nothing more may be written, or null. */
async function refusalOf(proof: Pick<WriteProof, "check">): Promise<FlowError | null> {
  try {
    await proof.check();
    return null;
  } catch (error) {
    if (!isFlowError(error, "RunOvertaken", "RunStopped", "SyncPaused")) throw error;
    return error;
  }
}

class Worker {
  readonly #input: WorkerInput;
  readonly #ports: Needs;
  #reported = -1;
  #isUncertain = false;

  constructor(input: WorkerInput, ports: Needs) {
    this.#input = input;
    this.#ports = ports;
  }

  /** Whether the checkpoint contains everything that was started, once nothing is running. */
  get isProven(): boolean {
    const { checkpoint, isProven } = this.#input;
    return checkpoint.counts.open === 0 || (isProven && !this.#isUncertain);
  }

  /** The right to write was proved just before. @returns why it is lost, or null */
  async startWhatFits(): Promise<FlowError | null> {
    const { queue, inFlight, starter, deadline, proof } = this.#input;
    const { clock } = this.#ports;
    for (let isProved = true; clock.now() < deadline; isProved = false) {
      const refusal = isProved ? null : await refusalOf(proof);
      if (refusal !== null) return refusal;
      const items = queue.take(inFlight.freeSlots, clock.now(), inFlight.busyAccounts);
      if (items.length === 0) return null;
      const results = await Promise.allSettled(items.map((item) => starter.start(item)));
      for (const [position, result] of results.entries()) {
        const item = items[position];
        if (item && result.status === "fulfilled") await this.#take(item, result.value);
      }
      const broken = results.find((result) => result.status === "rejected");
      if (broken) throw broken.reason;
    }
    return null;
  }

  async settle({ item, failureReason }: Verdict): Promise<void> {
    if (failureReason !== null) return this.#fail(item, failureReason);
    await this.#succeed(item);
  }

  async settleDoubts(): Promise<void> {
    const { doubts, ledger, checkpoint } = this.#input;
    for (const { item, reason, isThere } of await doubts.decide()) {
      if (isThere === (item.change.action === "create")) {
        await this.#succeed(item);
        continue;
      }
      // It may take effect even later: then a read of a later run decides whose it is.
      await ledger.doubt(item.assignment);
      checkpoint.fail(item.index, reason);
    }
  }

  /** @throws {FlowError} Unexpected when a change got lost */
  report(): void {
    const { checkpoint, queue, inFlight, doubts, total } = this.#input;
    const { counts } = checkpoint;
    checkConservation(counts, total, queue.size + inFlight.size + doubts.size);
    const done = total - counts.open;
    if (done === this.#reported) return;
    this.#reported = done;
    this.#ports.events.emit("assignments.progressed", { done, total, failed: counts.failed });
  }

  async #take(item: WorkItem, started: Started): Promise<void> {
    if (started.kind === "operation") return this.#follow(item, started.operation);
    if (started.kind === "already-so") return this.#input.checkpoint.settle(item.index, "skipped");
    if (started.kind === "failed") return this.#fail(item, started.reason);
    if (started.kind === "quota") return this.#meetQuota(item, started.message);
    return this.#retry(item, started);
  }

  async #follow(item: WorkItem, { requestId, status, failureReason }: AssignmentOperation): Promise<void> {
    if (status === "IN_PROGRESS") return this.#input.inFlight.add(requestId, item);
    return this.settle({
      item,
      failureReason: status === "FAILED" ? (failureReason ?? "AWS gives no reason") : null,
    });
  }

  /**
   * AWS has one error for two quotas and does not document its messages: too many running operations, which is
   * temporary, and a hundred groups of one permission set in one account, which is not. The number of running
   * operations distinguishes them. Some may end before they are counted, so only a second refusal below that number is
   * final.
   */
  async #meetQuota(item: WorkItem, message: string): Promise<void> {
    const { queue, inFlight } = this.#input;
    const isFull = await inFlight.isFull();
    if (isFull) return this.#retry(item, { kind: "refused", name: "Throttled", message, pause: undefined });
    if (item.refusal?.name === "QuotaExceeded") return this.#fail(item, `QuotaExceeded: ${message}`);
    const now = this.#ports.clock.now();
    const refusal = { name: "QuotaExceeded", since: now, times: 1 } as const;
    queue.add({ ...item, refusal, notBefore: now + backoff(1) });
  }

  /** A refused item goes back into the queue until its patience ends. */
  async #retry(
    item: WorkItem,
    { name, message, pause }: Extract<Started, { kind: "refused" }>,
  ): Promise<void> {
    const { queue } = this.#input;
    const now = this.#ports.clock.now();
    const earlier = item.refusal?.name === name ? item.refusal : null;
    const refusal = { name, since: earlier?.since ?? now, times: (earlier?.times ?? 0) + 1 };
    // No answer may hide a success.
    const isUnanswered = item.isUnanswered || name === "ServiceUnavailable";
    if (isUnanswered) this.#isUncertain = true;
    if (now - refusal.since >= PATIENCE[name])
      return this.#fail({ ...item, isUnanswered }, `${name}: ${message}`);
    const until = now + backoff(refusal.times, pause);
    if (name === "Throttled") queue.pause(until);
    if (name === "ConflictingOperation") queue.pauseAccount(item.change.accountId, until);
    // An assignment to be deleted may already be gone.
    const mustCheck =
      item.mustCheck || isUnanswered || (name === "NotPropagatedYet" && item.change.action === "delete");
    queue.add({ ...item, refusal, notBefore: until, mustCheck, isUnanswered });
  }

  async #succeed({ index, change, assignment }: WorkItem): Promise<void> {
    const { ledger, checkpoint } = this.#input;
    if (change.action === "create") await ledger.confirm(assignment);
    else await ledger.release(assignment);
    checkpoint.settle(index, change.action === "create" ? "created" : "deleted");
  }

  async #fail(item: WorkItem, reason: string): Promise<void> {
    const { doubts, ledger, checkpoint } = this.#input;
    if (item.isUnanswered) return doubts.add(item, reason);
    if (item.change.action === "create") await ledger.release(item.assignment);
    else await ledger.confirm(item.assignment);
    checkpoint.fail(item.index, reason);
  }
}
