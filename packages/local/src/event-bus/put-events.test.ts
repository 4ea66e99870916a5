import { PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { makeBusBench, TO_SYNC } from "../../test-support/bus-bench.ts";

const ENTRY = { Source: "landbridge", DetailType: "Flow ended", Detail: '{"flow":"connect"}' };

function put(...Entries: PutEventsRequestEntry[]) {
  return makeBusBench().client.send(new PutEventsCommand({ Entries }));
}

describe("PutEvents, through the AWS SDK", () => {
  it("gives every event an id, and targets the event as AWS writes it", async () => {
    const { client, clock, executions, putRule } = makeBusBench();
    await putRule({ source: ["landbridge"] }, TO_SYNC);
    const Time = new Date("2025-12-31T23:59:58.700Z");
    const answer = await client.send(
      new PutEventsCommand({ Entries: [ENTRY, { ...ENTRY, Time, Resources: ["arn"] }] }),
    );
    await clock.sleep(1);

    expect(answer.FailedEntryCount).toBe(0);
    const base = {
      version: "0",
      "detail-type": "Flow ended",
      source: "landbridge",
      account: "111122223333",
      region: "eu-central-1",
      detail: { flow: "connect" },
    };
    expect(executions.map(({ input }) => input)).toEqual([
      { ...base, id: answer.Entries?.[0]?.EventId, time: "2026-01-01T00:00:00Z", resources: [] },
      { ...base, id: answer.Entries?.[1]?.EventId, time: "2025-12-31T23:59:58Z", resources: ["arn"] },
    ]);
  });

  it.each<[string, PutEventsRequestEntry, string]>([
    ["no source", { ...ENTRY, Source: undefined }, "InvalidArgument"],
    ["no detail type", { ...ENTRY, DetailType: "" }, "InvalidArgument"],
    ["no detail", { ...ENTRY, Detail: undefined }, "InvalidArgument"],
    ["detail that is no JSON", { ...ENTRY, Detail: "{" }, "MalformedDetail"],
    ["detail that is no object", { ...ENTRY, Detail: "[]" }, "MalformedDetail"],
    ["a source of AWS's own", { ...ENTRY, Source: "aws.sso" }, "NotAuthorizedForSourceException"],
    ["another bus", { ...ENTRY, EventBusName: "mine" }, "InvalidArgument"],
  ])("fails an entry with %s, and takes the others", async (_, entry, code) => {
    const { FailedEntryCount, Entries } = await put(ENTRY, entry, ENTRY);

    expect(FailedEntryCount).toBe(1);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, code, undefined]);
    expect(Entries?.map(({ EventId }) => EventId !== undefined)).toEqual([true, false, true]);
  });

  it("takes 1 to 10 entries, of 256 KB together", async () => {
    const entries = (count: number) => Array.from({ length: count }, () => ENTRY);
    const Detail = JSON.stringify({
      text: "x".repeat(262_144 - '{"text":""}'.length - "landbridgeFlow ended".length),
    });

    await expect(put(...entries(10))).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(put(...entries(11))).rejects.toMatchObject({ name: "ValidationException" });
    await expect(put()).rejects.toMatchObject({ name: "ValidationException" });
    await expect(put({ ...ENTRY, Detail })).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(put({ ...ENTRY, Detail, Time: new Date(0) })).rejects.toMatchObject({
      name: "ValidationException",
      message: "Total size of the entries in the request is over the limit.",
    });
  });

  it("refuses a member that is not imitated", async () => {
    await expect(put({ ...ENTRY, TraceHeader: "Root=1" })).rejects.toMatchObject({
      message:
        "Entries.1.member.TraceHeader is not imitated here; see packages/local/src/event-bus/coverage.md.",
    });
  });
});

describe("events of simulated AWS services", () => {
  const cloudTrail = {
    source: "aws.sso",
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventName: "ListInstances", readOnly: true },
  };

  it("may have a source of AWS's own, account, Region and time", async () => {
    const { bus, clock, executions, putRule } = makeBusBench();
    await putRule({ source: [{ prefix: "aws." }] }, TO_SYNC);
    const given = {
      account: "444455556666",
      region: "us-east-1",
      time: "2026-01-01T00:00:07Z",
      resources: ["arn"],
    };
    const id = bus.publish({ source: "aws.organizations", "detail-type": "x", detail: {}, ...given });
    await clock.sleep(1);

    expect(executions).toMatchObject([{ input: { id, source: "aws.organizations", ...given } }]);
  });

  it("that CloudTrail marks as read-only reach only rules that ask for all management events", async () => {
    const { bus, client, clock, executions, putRule } = makeBusBench();
    await putRule({ source: ["aws.sso"] }, TO_SYNC);
    bus.publish(cloudTrail);
    bus.publish({ ...cloudTrail, detail: { ...cloudTrail.detail, readOnly: false } });
    await clock.sleep(1);
    expect(executions).toMatchObject([{ input: { detail: { readOnly: false } } }]);

    bus.rules.setState("rule", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    bus.publish(cloudTrail);
    await clock.sleep(1);
    expect(executions).toHaveLength(2);
    client.destroy();
  });
});
