import type { InstanceAssignment } from "../model/instance.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";
import type { Ports } from "../ports/ports.ts";
import { isEarlier, LEDGER, type LedgerEntry } from "./ledger-entry.ts";
import { ledgerKey } from "./ledger-key.ts";

interface Claim extends Pick<LedgerEntry, "accountName" | "permissionSet"> {
  readonly principal: Pick<PlanPrincipal, "directoryId" | "name">;
}

/** Updates the ledger with the operations of one plan. */
export class LedgerKeeper {
  readonly #planId: string;
  readonly #ports: Pick<Ports, "records" | "clock">;
  /** What this invocation has written but not completed, so that it does not have to be read again. */
  readonly #open = new Map<string, LedgerEntry>();

  constructor(planId: string, ports: Pick<Ports, "records" | "clock">) {
    this.#planId = planId;
    this.#ports = ports;
  }

  /**
   * Written before the operation starts: a claim without an assignment is harmless and ends with the next complete
   * read; an assignment without its claim is access that nobody may remove.
   */
  async claim(
    { accountName, permissionSet, principal }: Claim,
    assignment: InstanceAssignment,
  ): Promise<void> {
    const now = this.#now();
    const { directoryId, name: principalName } = principal;
    const entry = { directoryId, accountName, permissionSet, principalName, planId: this.#planId } as const;
    await this.#put(ledgerKey(assignment), { state: "claimed", since: now, claimedAt: now, ...entry });
  }

  /** The assignment exists. One that was never claimed stays somebody else's. */
  async confirm(assignment: InstanceAssignment): Promise<void> {
    await this.#change(assignment, "present");
  }

  /**
   * Records that an operation may take effect without an answer: a later read decides. Written before a deletion
   * starts, so that our own deletion is not reported as somebody else's, and when a creation is given up.
   */
  async doubt(assignment: InstanceAssignment): Promise<void> {
    await this.#change(assignment, "uncertain");
  }

  /** It was not created, or we have deleted it. */
  async release(assignment: InstanceAssignment): Promise<void> {
    const key = ledgerKey(assignment);
    this.#open.delete(key);
    await this.#ports.records.remove("ledger", key);
  }

  async #change(assignment: InstanceAssignment, state: "present" | "uncertain"): Promise<void> {
    const key = ledgerKey(assignment);
    const entry = this.#open.get(key) ?? (await this.#stored(key));
    if (entry === null || entry.state === "gone" || entry.state === state) return;
    await this.#put(key, { ...entry, state, since: this.#now() });
  }

  async #stored(key: string): Promise<LedgerEntry | null> {
    const stored = await LEDGER.get(this.#ports.records, key);
    return stored === null || isEarlier(stored.value) ? null : stored.value;
  }

  async #put(key: string, entry: LedgerEntry): Promise<void> {
    await LEDGER.put(this.#ports.records, key, entry);
    if (entry.state === "present") this.#open.delete(key);
    else this.#open.set(key, entry);
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}
