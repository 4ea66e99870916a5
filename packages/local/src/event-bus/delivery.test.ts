import { DisableRuleCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../test-support/random.ts";
import type { LocalEventBusOptions } from "./local-event-bus.ts";
import {
  FUNCTION_ARN,
  makeBusBench,
  QUEUE_ARN,
  STATE_MACHINE_ARN,
  TO_SYNC,
} from "../../test-support/bus-bench.ts";

const HOUR = 3_600_000;
const PATTERN = { source: ["landbridge"] };

/** Targets that fail this many times, with an error of that name. */
function failing(times: number, name = "ServiceUnavailable") {
  const attempts: number[] = [];
  const targets: LocalEventBusOptions["targets"] = {
    startExecution() {
      attempts.push(attempts.length + 1);
      if (attempts.length <= times) throw Object.assign(new Error("try again"), { name });
    },
    invokeLambda: () => undefined,
  };
  return { attempts, targets };
}

describe("delivery", () => {
  it("starts state machines and invokes functions, after PutEvents has answered", async () => {
    const { clock, executions, invocations, putRule, putEvent } = makeBusBench();
    await putRule(PATTERN, TO_SYNC, { Id: "notify", Arn: FUNCTION_ARN });
    await putEvent({ flow: "connect" });
    await clock.sleep(1);

    expect(executions).toMatchObject([{ arn: STATE_MACHINE_ARN, input: { detail: { flow: "connect" } } }]);
    expect(invocations).toMatchObject([{ arn: FUNCTION_ARN, payload: { detail: { flow: "connect" } } }]);
  });

  it("leaves out rules that do not match or are disabled", async () => {
    const { client, clock, executions, putRule, putEvent } = makeBusBench();
    await putRule({ source: ["other"] }, TO_SYNC);
    await putEvent({});
    await putRule(PATTERN, TO_SYNC);
    await client.send(new DisableRuleCommand({ Name: "rule" }));
    await putEvent({});
    await clock.sleep(HOUR);

    expect(executions).toEqual([]);
  });

  it("is tried again with growing waits until it works", async () => {
    const { attempts, targets } = failing(3);
    const { bus, clock, putRule, putEvent } = makeBusBench({ targets });
    await putRule(PATTERN, TO_SYNC);
    await putEvent({});
    await clock.sleep(HOUR);

    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(bus.deadLetters.all).toEqual([]);
    const [first = 0, second = 0, third = 0] = clock.sleeps.filter((wait) => wait > 0 && wait < HOUR);
    expect(
      [first, second, third].every((wait, index) => wait >= 500 * 2 ** index && wait <= 1000 * 2 ** index),
    ).toBe(true);
  });

  it("by default is tried for 24 hours, at most 186 times, and then the event is dropped", async () => {
    const { attempts, targets } = failing(Infinity);
    const { bus, clock, putRule, putEvent } = makeBusBench({ targets });
    await putRule(PATTERN, TO_SYNC);
    await putEvent({});
    await clock.sleep(25 * HOUR);

    expect(attempts).toHaveLength(186);
    expect(bus.deadLetters.all).toMatchObject([
      {
        queueArn: null,
        attributes: { RETRY_ATTEMPTS: "185", EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts" },
      },
    ]);
  });

  it("ends with a dead letter when the target's own policy is exhausted", async () => {
    const { targets } = failing(Infinity);
    const { bus, clock, putRule, putEvent } = makeBusBench({ targets });
    const DeadLetterConfig = { Arn: QUEUE_ARN };
    await putRule(
      PATTERN,
      { ...TO_SYNC, Id: "few", DeadLetterConfig, RetryPolicy: { MaximumRetryAttempts: 0 } },
      { ...TO_SYNC, Id: "young", DeadLetterConfig, RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
    );
    const { Entries } = await putEvent({ flow: "connect" });
    await clock.sleep(HOUR);

    const [few, young] = bus.deadLetters.of(QUEUE_ARN);
    expect(JSON.parse(few?.body ?? "")).toMatchObject({
      id: Entries?.[0]?.EventId,
      detail: { flow: "connect" },
    });
    expect(few?.attributes).toEqual({
      RULE_ARN: "arn:aws:events:eu-central-1:111122223333:rule/rule",
      TARGET_ARN: STATE_MACHINE_ARN,
      ERROR_CODE: "ERROR_FROM_TARGET",
      ERROR_MESSAGE: "ServiceUnavailable: try again",
      RETRY_ATTEMPTS: "0",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
    });
    expect(young?.attributes).toMatchObject({ EXHAUSTED_RETRY_CONDITION: "MaximumEventAgeInSeconds" });
    expect(Date.parse(young?.sentAt ?? "") - Date.parse(few?.sentAt ?? "")).toBeLessThanOrEqual(60_000);
  });

  it("is not tried again when the target no longer exists", async () => {
    const { attempts, targets } = failing(Infinity, "StateMachineDoesNotExist");
    const { bus, clock, putRule, putEvent } = makeBusBench({ targets });
    await putRule(PATTERN, { ...TO_SYNC, DeadLetterConfig: { Arn: QUEUE_ARN } });
    await putEvent({});
    await clock.sleep(HOUR);

    expect(attempts).toEqual([1]);
    const [letter] = bus.deadLetters.of(QUEUE_ARN);
    expect(letter?.attributes).toMatchObject({ ERROR_CODE: "NO_RESOURCE", RETRY_ATTEMPTS: "0" });
    expect(letter?.attributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
  });

  it("stops when the bus is closed", async () => {
    const { attempts, targets } = failing(Infinity);
    const { bus, clock, putRule, putEvent } = makeBusBench({ targets });
    await putRule(PATTERN, TO_SYNC);
    await putEvent({});
    await clock.sleep(1);
    bus.close();
    await clock.sleep(25 * HOUR);

    expect(attempts).toEqual([1]);
  });
});

/** The numbers of the events, in order of arrival. */
async function run(seed: number, duplicateProbability: number, longestDelayMilliseconds: number) {
  const { clock, executions, putRule, putEvent } = makeBusBench({
    random: makeRandom(seed),
    disturbance: () => ({ duplicateProbability, longestDelayMilliseconds }),
  });
  await putRule(PATTERN, TO_SYNC);
  for (let number = 0; number < 20; number += 1) await putEvent({ number });
  await clock.sleep(HOUR);
  return executions.map(({ input }) => (input as { detail: { number: number } }).detail.number);
}

describe("a disturbed bus", () => {
  it("delivers every event at least once, some twice, in another order", async () => {
    const order = await run(1, 0.3, 60_000);

    expect(new Set(order).size).toBe(20);
    expect(order.length).toBeGreaterThan(20);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });

  it("does the same again for the same seed, and not for another", async () => {
    expect(await run(5, 0.3, 60_000)).toEqual(await run(5, 0.3, 60_000));
    expect(await run(5, 0.3, 60_000)).not.toEqual(await run(6, 0.3, 60_000));
  });

  it("delivers everything twice at probability 1", async () => {
    expect(await run(1, 1, 0)).toHaveLength(40);
  });
});
