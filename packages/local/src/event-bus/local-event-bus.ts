import type { Clock } from "@landbridge/core";
import { DeadLetters } from "../delivery/dead-letters.ts";
import { type DeliveryFailure, deliver, InvalidInput } from "../delivery/deliver.ts";
import { callTarget, type Targets } from "../delivery/targets.ts";
import { type Disturbance, drawDelays, NO_DISTURBANCE } from "./disturbance.ts";
import { type BusEvent, isoSeconds } from "./event.ts";
import {
  checkRequestSize,
  type EntryResult,
  type PutEventsEntry,
  readDetail,
  refuseEntry,
} from "./put-events.ts";
import type { Rule, Target } from "./rule.ts";
import { RuleBook } from "./rule-book.ts";
import { makeTargetInput } from "./target-input.ts";

export interface LocalEventBusOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly targets: Targets;
  /** Ids of events. */
  readonly newId: () => string;
  /** From 0 to below 1: for backoff and disturbance. */
  readonly random: () => number;
  /** Read at every delivery, so that it may be switched on and off. */
  readonly disturbance?: () => Disturbance;
}

/** An event published by a simulated AWS service; account, Region and time default to those of the bus. */
export type ServiceEvent = Pick<BusEvent, "source" | "detail-type" | "detail"> &
  Partial<Pick<BusEvent, "account" | "region" | "resources" | "time">>;

/** The default bus of EventBridge in this process. */
export class LocalEventBus {
  readonly rules: RuleBook;
  readonly deadLetters = new DeadLetters();
  readonly #options: LocalEventBusOptions;
  readonly #controller = new AbortController();

  constructor(options: LocalEventBusOptions) {
    this.#options = options;
    this.rules = new RuleBook(`arn:aws:events:${options.region}:${options.accountId}:rule/`);
  }

  get arn(): string {
    return `arn:aws:events:${this.#options.region}:${this.#options.accountId}:event-bus/default`;
  }

  isDefaultBus(nameOrArn: string | undefined): boolean {
    return nameOrArn === undefined || nameOrArn === "default" || nameOrArn === this.arn;
  }

  /** @throws {ApiError} ValidationException when the entries are too large together */
  putEvents(entries: readonly PutEventsEntry[]): readonly EntryResult[] {
    checkRequestSize(entries);
    return entries.map((entry) => {
      const refusal = refuseEntry(entry, this.isDefaultBus(entry.EventBusName));
      if (refusal) return refusal;
      const { Source = "", DetailType = "", Detail = "", Resources, Time } = entry;
      const EventId = this.publish({
        source: Source,
        "detail-type": DetailType,
        detail: readDetail(Detail) ?? {},
        ...(Resources && { resources: Resources }),
        ...(Time !== undefined && { time: isoSeconds(Time) }),
      });
      return { EventId };
    });
  }

  /**
   * Puts an event on the bus as AWS services do, which may have sources that begin with `aws.`. It returns before
   * anything is delivered.
   * @returns the id of the event
   */
  publish(given: ServiceEvent): string {
    const { clock, region, accountId, newId } = this.#options;
    const receivedAt = clock.now();
    const id = newId();
    const event: BusEvent = {
      version: "0",
      id,
      account: accountId,
      time: isoSeconds(receivedAt),
      region,
      resources: [],
      ...structuredClone(given),
    };
    for (const rule of this.rules.all) {
      if (!isOn(rule, event) || !rule.matches(event)) continue;
      for (const target of rule.targets.values()) this.#send({ event, rule, target, receivedAt });
    }
    return id;
  }

  /** Gives up what still waits to be delivered. */
  close(): void {
    this.#controller.abort();
  }

  #send(delivery: Delivery): void {
    const { disturbance = () => NO_DISTURBANCE, random } = this.#options;
    for (const delay of drawDelays(disturbance(), random)) void this.#deliver(delivery, delay);
  }

  async #deliver(delivery: Delivery, delayMilliseconds: number): Promise<void> {
    const { clock, random, targets } = this.#options;
    const { event, rule, target, receivedAt } = delivery;
    const { signal } = this.#controller;
    await clock.sleep(delayMilliseconds, signal);
    const failure = await deliver(
      async () => callTarget(targets, target.Arn, makeTargetInput(target, rule, event, receivedAt)),
      target.RetryPolicy ?? {},
      { clock, random, signal },
    );
    if (!failure) return;
    this.deadLetters.all.push({
      queueArn: target.DeadLetterConfig?.Arn ?? null,
      sentAt: new Date(clock.now()).toISOString(),
      body: JSON.stringify(event),
      attributes: describeFailure(failure, delivery),
    });
  }
}

interface Delivery {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly target: Target;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * Read-only management events of CloudTrail reach only rules that ask for them
 * [EventBridge user guide, eb-service-event-cloudtrail].
 */
function isOn(rule: Rule, event: BusEvent): boolean {
  if (rule.state !== "ENABLED") return rule.state !== "DISABLED";
  return event["detail-type"] !== "AWS API Call via CloudTrail" || event.detail["readOnly"] !== true;
}

/** Message attributes of a dead letter [EventBridge user guide, rule-dlq]. */
function describeFailure(failure: DeliveryFailure, { rule, target }: Delivery): Record<string, string> {
  const { error, isFinal, retryAttempts, exhausted } = failure;
  const finalCode = error instanceof InvalidInput ? "INVALID_JSON" : "NO_RESOURCE";
  return {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: isFinal ? finalCode : "ERROR_FROM_TARGET",
    ERROR_MESSAGE: `${error.name}: ${error.message}`,
    RETRY_ATTEMPTS: String(retryAttempts),
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
}
