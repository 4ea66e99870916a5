import type { Clock } from "@landbridge/core";
import { ApiError } from "../aws-api/api-error.ts";
import { DeadLetters } from "../delivery/dead-letters.ts";
import { type DeliveryFailure, deliver } from "../delivery/deliver.ts";
import type { Targets } from "../delivery/targets.ts";
import { isoSeconds } from "../event-bus/event.ts";
import { Alarms } from "../interpreter/alarms.ts";
import type { ScheduleDescription, ScheduleRequest } from "./schedule.ts";
import { parseExpression, type Recurrence } from "./schedule-expression.ts";
import { callScheduleTarget, checkScheduleTarget } from "./schedule-target.ts";

export interface LocalSchedulerOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly targets: Targets;
  /** Ids of attempts to invoke a target. */
  readonly newId: () => string;
  /** From 0 to below 1: for flexible time windows and backoff. */
  readonly random: () => number;
}

interface Entry {
  readonly description: ScheduleDescription;
  readonly clientToken: string | undefined;
  readonly recurrence: Recurrence;
  cancel: () => void;
}

/** EventBridge Scheduler in this process: one group, and at most one sleep, until the next run of any schedule. */
export class LocalScheduler {
  readonly deadLetters = new DeadLetters();
  readonly #options: LocalSchedulerOptions;
  readonly #alarms: Alarms;
  readonly #controller = new AbortController();
  readonly #entries = new Map<string, Entry>();

  constructor(options: LocalSchedulerOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
  }

  /** Schedules by name. */
  get schedules(): readonly ScheduleDescription[] {
    const descriptions = [...this.#entries.values()].map(({ description }) => description);
    return descriptions.sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  /**
   * Again with the same client token changes nothing.
   * @returns its ARN
   * @throws {ApiError} ConflictException, ValidationException, ResourceNotFoundException
   */
  create(request: ScheduleRequest): string {
    const known = this.#entries.get(request.Name);
    if (known && request.ClientToken !== undefined && known.clientToken === request.ClientToken) {
      return known.description.Arn;
    }
    if (known) throw new ApiError("ConflictException", `Schedule ${request.Name} already exists.`, 409);
    return this.#put(request, this.#options.clock.now());
  }

  /**
   * Overwrites everything: what the request omits gets its default again.
   * @returns its ARN
   * @throws {ApiError} ResourceNotFoundException, ValidationException
   */
  update(request: ScheduleRequest): string {
    const entry = this.#entry(request.Name, request.GroupName);
    const arn = this.#put(request, entry.description.CreationDate);
    entry.cancel();
    return arn;
  }

  /** @throws {ApiError} ResourceNotFoundException */
  get(name: string, group?: string): ScheduleDescription {
    return this.#entry(name, group).description;
  }

  /** @throws {ApiError} ResourceNotFoundException */
  delete(name: string, group?: string): void {
    this.#entry(name, group).cancel();
    this.#entries.delete(name);
  }

  /** Runs nothing more, and gives up what still waits for another attempt. */
  close(): void {
    for (const { cancel } of this.#entries.values()) cancel();
    this.#controller.abort();
  }

  #put({ ClientToken, ...request }: ScheduleRequest, createdAt: number): string {
    checkGroup(request.GroupName);
    const now = this.#options.clock.now();
    const { StartDate, EndDate, ScheduleExpressionTimezone = "UTC" } = request;
    checkRequest(request);
    const recurrence = parseExpression(
      request.ScheduleExpression,
      ScheduleExpressionTimezone,
      StartDate ?? now,
    );
    if (StartDate !== undefined && EndDate !== undefined && StartDate >= EndDate) {
      throw new ApiError("ValidationException", "EndDate must be after StartDate.");
    }
    const description: ScheduleDescription = {
      ActionAfterCompletion: "NONE",
      State: "ENABLED",
      ...request,
      ScheduleExpressionTimezone,
      GroupName: "default",
      Arn: this.#arn(request.Name),
      CreationDate: createdAt,
      LastModificationDate: now,
    };
    const entry: Entry = { description, clientToken: ClientToken, recurrence, cancel: () => undefined };
    this.#entries.set(request.Name, entry);
    if (description.State === "ENABLED") this.#arm(entry, firstInstant(entry, now) - 1);
    return description.Arn;
  }

  /** Waits for the first run after an instant. @returns whether there is one */
  #arm(entry: Entry, after: number): boolean {
    const { FlexibleTimeWindow, EndDate = Infinity } = entry.description;
    const scheduledAt = entry.recurrence.next(after);
    if (scheduledAt === null || (!entry.recurrence.isOneTime && scheduledAt > EndDate)) return false;
    const { Mode, MaximumWindowInMinutes = 0 } = FlexibleTimeWindow;
    const offset = Mode === "OFF" ? 0 : Math.floor(this.#options.random() * MaximumWindowInMinutes * 60_000);
    const wait = scheduledAt + offset - this.#options.clock.now();
    entry.cancel = this.#alarms.set(wait, () => void this.#run(entry, scheduledAt));
    return true;
  }

  async #run(entry: Entry, scheduledAt: number): Promise<void> {
    const hasNext = this.#arm(entry, scheduledAt);
    await this.#invoke(entry.description, scheduledAt);
    const { Name, ActionAfterCompletion } = entry.description;
    if (hasNext || ActionAfterCompletion !== "DELETE" || this.#entries.get(Name) !== entry) return;
    this.#entries.delete(Name);
  }

  async #invoke({ Arn: arn, Target }: ScheduleDescription, scheduledAt: number): Promise<void> {
    const { clock, random, targets, newId } = this.#options;
    const scheduledTime = isoSeconds(scheduledAt);
    let executionId = "";
    let input = "";
    const failure = await deliver(
      async (number) => {
        executionId = newId();
        input = fillAttributes(Target.Input ?? "", {
          "schedule-arn": arn,
          "scheduled-time": scheduledTime,
          "execution-id": executionId,
          "attempt-number": String(number),
        });
        await callScheduleTarget(targets, Target.Arn, input);
      },
      Target.RetryPolicy ?? {},
      { clock, random, signal: this.#controller.signal },
    );
    if (!failure) return;
    this.deadLetters.all.push({
      queueArn: Target.DeadLetterConfig?.Arn ?? null,
      sentAt: new Date(clock.now()).toISOString(),
      body: input,
      attributes: {
        SCHEDULE_ARN: arn,
        SCHEDULED_TIME: scheduledTime,
        TARGET_ARN: Target.Arn,
        EXECUTION_ID: executionId,
        ...describeFailure(failure),
      },
    });
  }

  #entry(name: string, group: string | undefined): Entry {
    checkGroup(group);
    const known = this.#entries.get(name);
    if (known) return known;
    throw new ApiError("ResourceNotFoundException", `Schedule ${name} does not exist.`, 404);
  }

  #arn(name: string): string {
    return `arn:aws:scheduler:${this.#options.region}:${this.#options.accountId}:schedule/default/${name}`;
  }
}

function firstInstant({ description, recurrence }: Entry, now: number): number {
  return recurrence.isOneTime ? now : Math.max(now, description.StartDate ?? now);
}

function checkRequest({
  FlexibleTimeWindow: { Mode, MaximumWindowInMinutes },
  Target,
}: ScheduleRequest): void {
  if ((Mode === "FLEXIBLE") !== (MaximumWindowInMinutes !== undefined)) {
    throw new ApiError("ValidationException", "MaximumWindowInMinutes is for Mode FLEXIBLE, which needs it.");
  }
  checkScheduleTarget(Target);
}

/** @throws {ApiError} ResourceNotFoundException for a group that is not the default one */
export function checkGroup(name: string | undefined): void {
  if (name === undefined || name === "default") return;
  throw new ApiError("ResourceNotFoundException", `Schedule group ${name} does not exist.`, 404);
}

/** [EventBridge Scheduler user guide, managing-schedule-context-attributes] */
function fillAttributes(input: string, attributes: Readonly<Record<string, string>>): string {
  return input.replaceAll(
    /<aws\.scheduler\.([a-z-]+)>/g,
    (attribute, name: string) => attributes[name] ?? attribute,
  );
}

/** Message attributes of a dead letter [EventBridge Scheduler user guide, configuring-schedule-dlq]. */
function describeFailure({ error, retryAttempts, exhausted }: DeliveryFailure): Record<string, string> {
  return {
    ERROR_CODE: error.name,
    ERROR_MESSAGE: error.message,
    RETRY_ATTEMPTS: String(retryAttempts),
    IS_PAYLOAD_TRUNCATED: "false",
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
}
