import { Logger } from "@aws-lambda-powertools/logger";
import type { RequestHandler } from "@landbridge/aws";
import type { EventSink } from "@landbridge/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { publishEvents } from "./publish-events.ts";
import { makeWiring } from "./wiring.ts";

const VARIABLES = {
  AWS_REGION: "eu-central-1",
  LANDBRIDGE_TABLE: "table",
  LANDBRIDGE_BUCKET: "bucket",
  LANDBRIDGE_TENANT_ID: "7d96d549-841b-4092-9c09-89abae4c860c",
  LANDBRIDGE_CLIENT_ID: "092ba742-89d2-4417-a4c7-c120db062842",
};

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

function aPublication(bus: string | undefined, answer: (entries: readonly Entry[]) => Response) {
  const sent: (readonly Entry[])[] = [];
  const logged: string[] = [];
  const sink: EventSink = { emit: (code) => logged.push(code) };
  const requestHandler: RequestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    async handle({ body }: { readonly body?: string }) {
      const { Entries } = JSON.parse(String(body)) as { Entries: readonly Entry[] };
      sent.push(Entries);
      const response = answer(Entries);
      return {
        response: {
          statusCode: response.status,
          headers: { "content-type": "application/x-amz-json-1.1" },
          body: new Uint8Array(await response.arrayBuffer()),
        },
      };
    },
  };
  const variables = { ...VARIABLES, ...(bus !== undefined && { LANDBRIDGE_EVENT_BUS: bus }) };
  const clock = { now: () => 1_760_000_000_000, sleep: async () => undefined };
  return { sent, logged, ...publishEvents(sink, makeWiring(variables, { clock, requestHandler })) };
}

function taken(entries: readonly Entry[]): Response {
  return Response.json({ FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: "1" })) });
}

describe("publishEvents", () => {
  it("puts what a step emits on the bus, ten in a call, after the step", async () => {
    const { events, flush, sent, logged } = aPublication("landbridge-events", taken);
    for (let index = 0; index < 12; index += 1) events.emit("warning.raised", { message: `${index}` });
    expect(logged).toHaveLength(12);
    expect(sent).toEqual([]);
    await flush();
    expect(sent.map((entries) => entries.length)).toEqual([10, 2]);
    expect(sent[0]?.[0]).toMatchObject({
      EventBusName: "landbridge-events",
      Source: "landbridge",
      DetailType: "warning.raised",
      Detail: '{"message":"0"}',
    });
  });

  it("only logs without a bus", async () => {
    const { events, flush, sent, logged } = aPublication(undefined, taken);
    events.emit("warning.raised", { message: "hm" });
    await flush();
    expect([sent, logged]).toEqual([[], ["warning.raised"]]);
  });

  it.each([
    ["refuses some", Response.json({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] })],
    ["does not answer as it should", Response.json({ __type: "AccessDeniedException" }, { status: 400 })],
  ])("lets the step succeed when the bus %s, and counts what is lost", async (_, answer) => {
    const logged = vi.spyOn(Logger.prototype, "error").mockImplementation(() => undefined);
    onTestFinished(() => void vi.restoreAllMocks());
    const { events, flush } = aPublication("landbridge-events", () => answer.clone());
    events.emit("warning.raised", { message: "hm" });
    await flush();
    const line = expect.objectContaining({
      events_not_published: 1,
      _aws: expect.objectContaining({
        CloudWatchMetrics: [
          expect.objectContaining({ Metrics: [{ Name: "events_not_published", Unit: "Count" }] }),
        ],
      }),
    }) as object;
    expect(logged).toHaveBeenCalledExactlyOnceWith("events not published", line);
  });
});
