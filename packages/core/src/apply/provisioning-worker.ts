import { type FlowError, isFlowError } from "../errors.ts";
import { type roleJudge, warnOfStale } from "../plan/plan-provisioning.ts";
import type { ProvisioningOperation } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import { backoff, PASSING_ERRORS, PATIENCE, type PassingErrorName, readPatiently } from "./patience.ts";
import type {
  ProvisioningInput,
  ProvisioningOutcome,
  RoleFailure,
  RunningProvisioning,
} from "./provisioning.ts";

/** The most provisionings that may run at a time (IAM Identity Center user guide, "Quotas"). */
const MOST_RUNNING = 3;
/** For more roles of one set than this, one request for all accounts is tried first. */
const MANY_ACCOUNTS = 10;
const POLL_MILLISECONDS = { first: 1_000, longest: 10_000 };
const MINUTE = 60_000;
/** How long a request is followed. AWS does not document how long one may take. */
const FOLLOWED_FOR = { one: 15 * MINUTE, all: 180 * MINUTE };

type Needs = Pick<Ports, "identityCenter" | "clock" | "events">;
type Account = RunningProvisioning["accounts"][number];

/** A request that waits for its turn. */
interface Item {
  readonly permissionSet: string;
  readonly accounts: readonly Account[];
  readonly isAll: boolean;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  /** Since when it is refused, and how often it was; null: never. */
  readonly refused: { readonly since: number; readonly times: number } | null;
}

interface WorkerInput extends Pick<ProvisioningInput, "proof" | "instance" | "arns" | "deadline"> {
  readonly judge: ReturnType<typeof roleJudge>;
}

/** Starts and follows provisionings, three at a time, set after set. */
export class ProvisioningWorker {
  readonly #input: WorkerInput;
  readonly #ports: Needs;
  /** Names of permission sets whose accounts are still to be listed. */
  readonly #unlisted: string[];
  readonly #running: Map<string, RunningProvisioning>;
  readonly #singly: Set<string>;
  readonly #failed: RoleFailure[];
  #queue: Item[] = [];
  #provisioned: number;
  /** AWS refuses every request: since when, until when to wait, and why it is not asked again. */
  #trouble: { readonly since: number; readonly times: number } | null = null;
  #pausedUntil = 0;
  #givenUp: string | null = null;
  #pollPause = POLL_MILLISECONDS.first;

  constructor(earlier: ProvisioningOutcome, input: WorkerInput, ports: Needs) {
    this.#input = input;
    this.#ports = ports;
    this.#running = new Map(earlier.running.map((running) => [running.requestId, running]));
    this.#singly = new Set(earlier.singly);
    this.#failed = [...earlier.failed];
    this.#provisioned = earlier.provisioned;
    const atOnce = new Set(earlier.running.flatMap((one) => (one.isAll ? [one.permissionSet] : [])));
    this.#unlisted = earlier.left.filter((name) => !atOnce.has(name));
  }

  /**
   * Runs until nothing is left or time is up. The next invocation follows what AWS has accepted and not finished by then.
   * @throws what the proof throws
   */
  async work(): Promise<ProvisioningOutcome> {
    const { clock } = this.#ports;
    const { proof, deadline } = this.#input;
    for (;;) {
      if (clock.now() < deadline) await this.#startWhatFits();
      const outcome = this.#outcome();
      if (clock.now() >= deadline || outcome.left.length === 0) return outcome;
      await clock.sleep(this.#pollPause);
      // In parallel: the proof is as fresh as the poll, and costs no extra time.
      await Promise.all([this.#poll(), proof.check()]);
    }
  }

  #outcome(): ProvisioningOutcome {
    const running = [...this.#running.values()];
    const unsettled = [...running, ...this.#queue].map(({ permissionSet }) => permissionSet);
    return {
      provisioned: this.#provisioned,
      failed: this.#failed,
      left: [...new Set([...unsettled, ...this.#unlisted])],
      running,
      singly: [...this.#singly],
    };
  }

  async #startWhatFits(): Promise<void> {
    const { clock } = this.#ports;
    while (this.#running.size < MOST_RUNNING && clock.now() < this.#input.deadline) {
      const now = clock.now();
      if (this.#pausedUntil > now) return;
      const position = this.#queue.findIndex((item) => item.notBefore <= now && !this.#isBusy(item));
      const [item] = position < 0 ? [] : this.#queue.splice(position, 1);
      if (item) await this.#start(item);
      else if (this.#unlisted.length > 0) await this.#list(this.#unlisted.shift() ?? "");
      else return;
    }
  }

  /** AWS updates one role per account at a time ("Quotas"). */
  #isBusy({ isAll, accounts: [account] }: Item): boolean {
    if (isAll) return false;
    return [...this.#running.values()].some(({ accounts }) => accounts.some(({ id }) => id === account?.id));
  }

  async #list(permissionSet: string): Promise<void> {
    const accountIds = await this.#outdatedAccounts(permissionSet);
    const tried = new Set(
      this.#failed.filter((one) => one.permissionSet === permissionSet).map(({ accountId }) => accountId),
    );
    for (const { permissionSet: other, accounts } of this.#running.values())
      if (other === permissionSet) for (const { id } of accounts) tried.add(id);
    const counts = { protected: 0, unreachable: 0 };
    const accounts: Account[] = [];
    for (const id of accountIds) {
      const { verdict, accountName: name } = this.#input.judge(permissionSet, id);
      if (verdict !== "provision") counts[verdict] += 1;
      else if (!tried.has(id)) accounts.push({ id, name });
    }
    for (const warning of warnOfStale(counts))
      this.#ports.events.emit("warning.raised", { message: `${permissionSet}: ${warning}` });
    const isAll =
      accounts.length > MANY_ACCOUNTS &&
      accounts.length === accountIds.length &&
      !this.#singly.has(permissionSet);
    for (const together of isAll ? [accounts] : accounts.map((account) => [account]))
      this.#queue.push({ permissionSet, accounts: together, isAll, notBefore: 0, refused: null });
  }

  /** Returns none for a set that no longer exists. */
  async #outdatedAccounts(permissionSet: string): Promise<string[]> {
    const { identityCenter, clock } = this.#ports;
    const { instance, arns } = this.#input;
    const arn = arns[permissionSet];
    if (arn === undefined) return [];
    try {
      return await readPatiently(clock, () => identityCenter.listOutdatedAccounts(instance, arn));
    } catch (error) {
      if (isFlowError(error, "IncompleteRead")) return [];
      throw error;
    }
  }

  async #start(item: Item): Promise<void> {
    if (this.#givenUp !== null) return this.#fail(item.permissionSet, item.accounts, this.#givenUp);
    const { identityCenter, clock } = this.#ports;
    const { permissionSet, accounts, isAll } = item;
    const arn = this.#input.arns[permissionSet] ?? "";
    const target = isAll ? null : (accounts[0]?.id ?? null);
    // Listing accounts may have taken a while, and earlier starts too.
    await this.#input.proof.check();
    try {
      const operation = await identityCenter.startProvisioning(this.#input.instance, arn, target);
      this.#trouble = null;
      this.#pollPause = POLL_MILLISECONDS.first;
      const { requestId } = operation;
      this.#settle({ requestId, permissionSet, accounts, isAll, startedAt: clock.now() }, operation);
    } catch (error) {
      if (!isFlowError(error)) throw error;
      if (isFlowError(error, ...PASSING_ERRORS)) this.#retry(item, error);
      else this.#end(item, `${error.name}: ${error.message}`);
    }
  }

  /**
   * Retries a request that AWS refuses now, either because of what is running in its account or because AWS refuses all
   * requests.
   */
  #retry(item: Item, { name, message, retryAfterSeconds }: FlowError<PassingErrorName>): void {
    const now = this.#ports.clock.now();
    const isEverybodys = name === "Throttled" || name === "ServiceUnavailable";
    const before = isEverybodys ? this.#trouble : item.refused;
    const refused = { since: before?.since ?? now, times: (before?.times ?? 0) + 1 };
    const until = now + backoff(refused.times, retryAfterSeconds);
    const isFinal = now - refused.since >= PATIENCE[name];
    if (isEverybodys) {
      this.#trouble = refused;
      this.#pausedUntil = until;
      if (isFinal) this.#givenUp = `${name}: ${message}`;
      this.#queue.push(item);
    } else if (isFinal) this.#end(item, `${name}: ${message}`);
    else this.#queue.push({ ...item, refused, notBefore: until });
  }

  async #poll(): Promise<void> {
    const { identityCenter, clock } = this.#ports;
    this.#pollPause = Math.min(this.#pollPause * 2, POLL_MILLISECONDS.longest);
    for (const running of this.#running.values()) {
      const { requestId } = running;
      try {
        const operation = await readPatiently(clock, () =>
          identityCenter.describeProvisioning(this.#input.instance, requestId),
        );
        this.#settle(running, operation);
      } catch (error) {
        // AWS has forgotten the request: the list of accounts says what it did.
        if (!isFlowError(error, "IncompleteRead")) throw error;
        this.#running.delete(requestId);
        this.#unlisted.push(running.permissionSet);
      }
    }
  }

  #settle(running: RunningProvisioning, { requestId, status, failureReason }: ProvisioningOperation): void {
    const age = this.#ports.clock.now() - running.startedAt;
    const isTooOld = age > (running.isAll ? FOLLOWED_FOR.all : FOLLOWED_FOR.one);
    if (status === "IN_PROGRESS" && !isTooOld) {
      this.#running.set(requestId, running);
      return;
    }
    this.#running.delete(requestId);
    this.#pollPause = POLL_MILLISECONDS.first;
    if (status === "SUCCEEDED") {
      this.#provisioned += running.accounts.length;
      return this.#report();
    }
    const silent = status === "FAILED" ? "AWS gives no reason" : "AWS did not finish in time";
    this.#end(running, failureReason ?? silent);
  }

  /** A failed request for all accounts does not say which ones failed: they are tried one by one. */
  #end(
    { permissionSet, accounts, isAll }: Pick<Item, "permissionSet" | "accounts" | "isAll">,
    reason: string,
  ) {
    if (!isAll) return this.#fail(permissionSet, accounts, reason);
    this.#singly.add(permissionSet);
    this.#unlisted.push(permissionSet);
  }

  #fail(permissionSet: string, accounts: readonly Account[], reason: string): void {
    for (const { id: accountId, name: accountName } of accounts)
      this.#failed.push({ permissionSet, accountId, accountName, reason });
    this.#report();
  }

  #report(): void {
    const failed = this.#failed.length;
    this.#ports.events.emit("roles.progressed", { done: this.#provisioned + failed, failed });
  }
}
