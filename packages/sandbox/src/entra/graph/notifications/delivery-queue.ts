import type { EntraState } from "../../state.ts";
import { EndpointHealth } from "./endpoint-health.ts";
import type { Notice } from "./notices.ts";
import type { Subscription } from "./subscription.ts";
import { deliver } from "./webhook-sender.ts";

const MINUTE = 60_000;
/** An undelivered notification is retried for four hours. The pauses are not documented. */
const RETRIED_MILLISECONDS = 240 * MINUTE;
const LONGEST_PAUSE_MILLISECONDS = 60 * MINUTE;
const SLOW_ENDPOINT_MILLISECONDS = 10 * MINUTE;
/** Graph gives no latency for users and groups. */
const MEAN_LATENCY_MILLISECONDS = 10_000;

interface Delivery {
  readonly subscription: Subscription;
  readonly notice: Notice;
  readonly address: string;
  dueAt: number;
  firstTriedAt: number | null;
  pauseMilliseconds: number;
}

/** Pending notifications: each is delivered at least once, in any order. */
export class DeliveryQueue {
  readonly #state: EntraState;
  readonly #health: EndpointHealth;
  #deliveries: Delivery[] = [];

  constructor(state: EntraState) {
    this.#state = state;
    this.#health = new EndpointHealth(state.kernel.clock);
  }

  add(subscription: Subscription, notice: Notice): void {
    const { clock, random } = this.#state.kernel;
    const isLifecycle = "lifecycleEvent" in notice;
    const address = isLifecycle ? subscription.lifecycleNotificationUrl : subscription.notificationUrl;
    if (address === null) return;
    const health = this.#health.judge(address);
    if (health === "dropping") return;
    const delay = health === "slow" ? SLOW_ENDPOINT_MILLISECONDS : 0;
    this.#deliveries.push({
      subscription,
      notice,
      address,
      dueAt: clock.now() + delay + random.latency(MEAN_LATENCY_MILLISECONDS),
      firstTriedAt: null,
      pauseMilliseconds: MINUTE,
    });
  }

  /** Drops pending notifications of an ended subscription. */
  forget(subscriptionId: string): void {
    this.#deliveries = this.#deliveries.filter(({ subscription }) => subscription.id !== subscriptionId);
  }

  /** When the next one is due, in milliseconds since the epoch; infinity if there is none. */
  nextAt(): number {
    return Math.min(Infinity, ...this.#deliveries.map(({ dueAt }) => dueAt));
  }

  /** One request for each endpoint, with all that is due there. */
  async deliverDue(): Promise<void> {
    const now = this.#state.kernel.clock.now();
    const due = this.#deliveries.filter(({ dueAt }) => dueAt <= now);
    const byAddress = Map.groupBy(due, ({ address }) => address);
    await Promise.all([...byAddress].map(([address, deliveries]) => this.#deliver(address, deliveries)));
  }

  async #deliver(address: string, deliveries: readonly Delivery[]): Promise<void> {
    const { kernel } = this.#state;
    const startedAt = kernel.clock.now();
    const items = deliveries.map((delivery) => this.#item(delivery));
    const taken = await deliver(kernel, address, items);
    const now = kernel.clock.now();
    this.#health.record(address, now - startedAt);
    const ended = new Set(deliveries.filter((delivery) => taken || !retry(delivery, startedAt, now)));
    this.#deliveries = this.#deliveries.filter((delivery) => !ended.has(delivery));
  }

  #item({ subscription, notice }: Delivery) {
    const { id, expiresAt, clientState } = subscription;
    return {
      ...notice,
      subscriptionId: id,
      subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
      tenantId: this.#state.tenant.id,
      ...(clientState !== null && { clientState }),
    };
  }
}

/** False when it was tried long enough. */
function retry(delivery: Delivery, triedAt: number, now: number): boolean {
  delivery.firstTriedAt ??= triedAt;
  delivery.dueAt = now + delivery.pauseMilliseconds;
  delivery.pauseMilliseconds = Math.min(LONGEST_PAUSE_MILLISECONDS, delivery.pauseMilliseconds * 2);
  return delivery.dueAt <= delivery.firstTriedAt + RETRIED_MILLISECONDS;
}
