import { type EntraState, servicePrincipalOf } from "../../state.ts";
import { EMPTY_SNAPSHOT, type Snapshot, takeSnapshot } from "../directory-snapshot.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import { noticeFor, observe } from "./notices.ts";
import type { Subscription } from "./subscription.ts";

/**
 * How often the directory is looked at while somebody subscribes to it: Graph promises no latency, and a simulated year
 * shall not consist of looking.
 */
const LOOK_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;

type NewSubscription = Omit<Subscription, "id" | "applicationId" | "creatorId" | "challengeAt">;

/** The client's subscriptions, and what is sent to them: background work on the sandbox's clock while there is one. */
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

  /** Those that have not expired. */
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
    // What changed until now is not for the new subscription.
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

  /** Ends the background work; subscriptions stay, and are told nothing any more. */
  close(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#state.kernel;
    let lookAt = clock.now() + LOOK_MILLISECONDS;
    while (!signal.aborted) {
      await clock.sleep(Math.min(lookAt, this.#queue.nextAt()) - clock.now(), signal);
      if (signal.aborted) return;
      this.#dropExpired();
      if (clock.now() >= lookAt) {
        this.#look();
        this.#challenge();
        lookAt = clock.now() + LOOK_MILLISECONDS;
      }
      await this.#queue.deliverDue();
    }
  }

  #look(): void {
    const now = takeSnapshot(this.#state, this.#seen);
    if (this.#subscriptions.size > 0) {
      for (const change of observe(this.#seen, now)) {
        for (const subscription of this.#subscriptions.values()) {
          const notice = noticeFor(this.#state, subscription, change);
          if (notice) this.#queue.add(subscription, notice);
        }
      }
    }
    this.#seen = now;
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

  /** A day before the end, or halfway to it; Graph says no more than "before". */
  #challengeAt(expiresAt: number): number {
    const now = this.#state.kernel.clock.now();
    return Math.max(expiresAt - DAY_MILLISECONDS, now + (expiresAt - now) / 2);
  }
}
