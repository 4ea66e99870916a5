import type { Target } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { makeBusBench, QUEUE_ARN, TO_SYNC } from "../../test-support/bus-bench.ts";

const DETAIL = { flow: "connect", count: 3, groups: [{ id: "a" }, { id: "b" }], note: 'a "quoted" word' };

/** The state machine's input, or the error code of the dead letter. */
async function inputOf(change: Partial<Target>): Promise<unknown> {
  const { bus, clock, executions, putRule, putEvent } = makeBusBench();
  await putRule({ source: ["landbridge"] }, { ...TO_SYNC, DeadLetterConfig: { Arn: QUEUE_ARN }, ...change });
  await putEvent(DETAIL);
  await clock.sleep(1);
  return executions[0]?.input ?? bus.deadLetters.of(QUEUE_ARN)[0]?.attributes["ERROR_CODE"];
}

function transformed(InputTemplate: string, InputPathsMap: Record<string, string> = {}): Promise<unknown> {
  return inputOf({ InputTransformer: { InputTemplate, InputPathsMap } });
}

describe("what a target gets", () => {
  it("is a constant with Input", async () => {
    expect(await inputOf({ Input: '{"mode":"plan"}' })).toEqual({ mode: "plan" });
  });

  it("is a part of the event with InputPath", async () => {
    expect(await inputOf({ InputPath: "$.detail" })).toEqual(DETAIL);
    expect(await inputOf({ InputPath: "$.detail-type" })).toBe("Flow ended");
    expect(await inputOf({ InputPath: "$.detail.groups[1].id" })).toBe("b");
    expect(await inputOf({ InputPath: "$.detail.groups[*].id" })).toEqual(["a", "b"]);
  });

  it("is made of a template with InputTransformer", async () => {
    const paths = { flow: "$.detail.flow", count: "$.detail.count", groups: "$.detail.groups" };

    expect(await transformed('{"flow": <flow>, "count": <count>, "groups": <groups>}', paths)).toEqual({
      flow: "connect",
      count: 3,
      groups: DETAIL.groups,
    });
    expect(await transformed('"<flow> ran <count> times, 1 < 2"', paths)).toBe("connect ran 3 times, 1 < 2");
    expect(await transformed('{"text": "\\"<flow>\\" <count>"}', paths)).toEqual({ text: '"connect" 3' });
    expect(await transformed('{"text": "<note>"}', { note: "$.detail.note" })).toEqual({ text: DETAIL.note });
  });

  it("may name the rule and the event in its template", async () => {
    const input = await transformed(
      '{"rule": <aws.events.rule-name>, "arn": <aws.events.rule-arn>, "event": <aws.events.event>,' +
        ' "all": <aws.events.event.json>, "at": <aws.events.event.ingestion-time>}',
    );

    expect(input).toMatchObject({
      rule: "rule",
      arn: "arn:aws:events:eu-central-1:111122223333:rule/rule",
      event: { source: "landbridge" },
      all: { source: "landbridge", detail: DETAIL },
      at: "2026-01-01T00:00:00Z",
    });
    expect(input).not.toHaveProperty("event.detail");
  });

  it("leaves out a variable that the event does not have", async () => {
    expect(await transformed('{"text": "<none>!"}', { none: "$.detail.none" })).toEqual({ text: "!" });
  });

  it("is a dead letter when it is no JSON", async () => {
    expect(await transformed('{"value": <none>}', { none: "$.detail.none" })).toBe("INVALID_JSON");
    expect(await inputOf({ InputPath: "$.detail.none" })).toBe("INVALID_JSON");
  });
});
