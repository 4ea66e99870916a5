import { type EntraState, servicePrincipalOf } from "../../state.ts";
import { EMPTY_SNAPSHOT, type Snapshot, takeSnapshot } from "../directory-snapshot.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import { noticeFor, observe } from "./notices.ts";
import type { Subscription } from "./subscription.ts";

/**
 * The pause between polls of the directory while there is a subscription: short after a change, doubled after every poll
 * without one. Graph promises no latency, and a simulated year should not consist of polling.
 */
const SHORTEST_PAUSE_MILLISECONDS = 10_000;
const LONGEST_PAUSE_MILLISECONDS = 300_000;
const DAY_MILLISECONDS = 86_400_000;

type NewSubscription = Omit<Subscription, "id" | "applicationId" | "creatorId" | "challengeAt">;

/** The client's subscriptions and their deliveries: background work on the sandbox's clock while there is a subscription. */
export class ChangeNotifications {
  readonly #state: EntraState;
  readonly #applicationId: string;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #queue: DeliveryQueue;
  #seen: Snapshot = EMPTY_SNAPSHOT;
  #stop: AbortController | null = null;

  constructor(state: EntraState, applicationId: string) {
    this.#state = state;
    this.#applicationId = applicationId;
    this.#queue = new DeliveryQueue(state);
  }

  /** Subscriptions that have not expired. */
  list(): Subscription[] {
    this.#dropExpired();
    return [...this.#subscriptions.values()];
  }

  add(wanted: NewSubscription): Subscription {
    const { random } = this.#state.kernel;
    const subscription: Subscription = {
      ...wanted,
      id: random.uuid(),
      applicationId: this.#applicationId,
      creatorId: servicePrincipalOf(this.#state, this.#applicationId)?.id ?? null,
      challengeAt: this.#challengeAt(wanted.expiresAt),
    };
    // Earlier changes are not for the new subscription.
    this.#look();
    this.#subscriptions.set(subscription.id, subscription);
    if (!this.#stop) {
      this.#stop = new AbortController();
      // A fault of the sandbox itself is not caught: it shall be seen.
      void this.#run(this.#stop.signal);
    }
    return subscription;
  }

  renew(subscription: Subscription, expiresAt: number): void {
    subscription.expiresAt = expiresAt;
    subscription.challengeAt = this.#challengeAt(expiresAt);
  }

  remove({ id }: Subscription): void {
    this.#subscriptions.delete(id);
    this.#queue.forget(id);
    if (this.#subscriptions.size === 0) this.close();
  }

  /** Ends the background work; subscriptions stay, but are notified no more. */
  close(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#state.kernel;
    let pause = SHORTEST_PAUSE_MILLISECONDS;
    let lookAt = clock.now() + pause;
    while (!signal.aborted) {
      await clock.sleep(Math.min(lookAt, this.#queue.nextAt()) - clock.now(), signal);
      if (signal.aborted) return;
      this.#dropExpired();
      if (clock.now() >= lookAt) {
        const hasChanged = this.#look();
        this.#challenge();
        pause = hasChanged ? SHORTEST_PAUSE_MILLISECONDS : Math.min(LONGEST_PAUSE_MILLISECONDS, 2 * pause);
        lookAt = clock.now() + pause;
      }
      await this.#queue.deliverDue();
    }
  }

  /** Whether anything changed since the last poll. */
  #look(): boolean {
    const now = takeSnapshot(this.#state, this.#seen);
    if (now === this.#seen) return false;
    for (const change of this.#subscriptions.size > 0 ? observe(this.#seen, now) : []) {
      for (const subscription of this.#subscriptions.values()) {
        const notice = noticeFor(this.#state, subscription, change);
        if (notice) this.#queue.add(subscription, notice);
      }
    }
    this.#seen = now;
    return true;
  }

  #challenge(): void {
    const now = this.#state.kernel.clock.now();
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.challengeAt === null || subscription.challengeAt > now) continue;
      subscription.challengeAt = null;
      this.#queue.add(subscription, { lifecycleEvent: "reauthorizationRequired" });
    }
  }

  #dropExpired(): void {
    const now = this.#state.kernel.clock.now();
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.expiresAt <= now) this.remove(subscription);
    }
  }

  /** A day before the end, or halfway to it; Graph only says "before". */
  #challengeAt(expiresAt: number): number {
    const now = this.#state.kernel.clock.now();
    return Math.max(expiresAt - DAY_MILLISECONDS, now + (expiresAt - now) / 2);
  }
}
