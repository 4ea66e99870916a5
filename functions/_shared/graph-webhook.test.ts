import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeGraphWebhook } from "./graph-webhook.ts";

const FOLDER = new URL("../../../shared/contracts/events/", import.meta.url);
const isThere = existsSync(FOLDER);

const SECRET = "made-up-client-state-3d1f";
const SUBSCRIPTION = "092ba742-89d2-4417-a4c7-c120db062842";
const TENANT = "7d96d549-841b-4092-9c09-89abae4c860c";
const GROUP = "0bc7d487-fd6f-41a0-8362-71ec81074f11";

interface Sent {
  readonly url: string;
  readonly body: unknown;
}

function aWebhook({ isLambdaDown = false, failedReads = 0 } = {}) {
  let toFail = failedReads;
  let now = 1_000_000_000_000;
  const sent: Sent[] = [];
  const hash = createHash("sha256").update(SECRET).digest("hex");
  const value = { M: { subscriptionId: { S: SUBSCRIPTION }, clientStateHash: { S: hash } } };
  const webhook = makeGraphWebhook({
    tableName: "table",
    tenantId: TENANT,
    markFunction: "mark",
    keepFunction: "keep",
    access: {
      region: "eu-central-1",
      credentials: { accessKeyId: "id", secretAccessKey: "secret" },
      now: () => now,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push({ url: request.url, body: await request.json() });
        if (request.url.includes("dynamodb")) {
          toFail -= 1;
          return toFail >= 0 ? new Response(null, { status: 500 }) : Response.json({ Items: [{ value }] });
        }
        return new Response(null, { status: isLambdaDown ? 500 : 202 });
      },
    },
  });
  return {
    send: (value: unknown) => webhook({ body: JSON.stringify(value) }),
    webhook,
    reads: () => sent.filter(({ url }) => url.includes("dynamodb")).length,
    handedOn: () => sent.filter(({ url }) => url.includes("lambda")),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

function notice(differing: object = {}) {
  return {
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
    clientState: SECRET,
    changeType: "updated",
    resource: `Groups/${GROUP}`,
    resourceData: { id: GROUP },
    ...differing,
  };
}

describe("the webhook", () => {
  it("asks for a notice again as long as nobody can say whether it is genuine, and reads no more often for that", async () => {
    const { send, reads, handedOn, pass } = aWebhook({ failedReads: 1 });
    expect(await send({ value: [notice()] })).toEqual({ statusCode: 503 });
    pass(1000);
    expect(await send({ value: [notice()] })).toEqual({ statusCode: 503 });
    expect(reads()).toBe(1);
    pass(10_000);
    expect(await send({ value: [notice()] })).toEqual({ statusCode: 202 });
    expect([reads(), handedOn().length]).toEqual([2, 1]);
  });

  it("answers the handshake with the decoded token, as plain text", async () => {
    const { webhook, reads } = aWebhook();
    const answer = await webhook({ rawQueryString: "validationToken=Validation%3A+a%2Bb+100%25" });
    expect(answer).toEqual({
      statusCode: 200,
      headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
      body: "Validation: a+b 100%",
    });
    expect(reads()).toBe(0);
  });

  it.each(["<script>alert(1)</script>", '"onload=', "x".repeat(3000)])("repeats no %j", async (token) => {
    const { webhook } = aWebhook();
    const query = new URLSearchParams({ validationToken: token }).toString();
    expect(await webhook({ rawQueryString: query })).toEqual({ statusCode: 400 });
  });

  it("hands on which groups changed, once each, and nothing else", async () => {
    const { send, handedOn } = aWebhook();
    expect(await send({ value: [notice(), notice(), notice({ resourceData: null })] })).toEqual({
      statusCode: 202,
    });
    expect(handedOn()).toEqual([
      {
        url: "https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/mark/invocations",
        body: {
          source: "landbridge.graph",
          "detail-type": "Graph Change Notification",
          detail: { groupIds: [GROUP], all: false },
        },
      },
    ]);
  });

  it("hands on what was taken out of a group, which may be a group; many at once are people", async () => {
    const { send, handedOn } = aWebhook();
    const other = "5e1c3a7b-9d24-4b6f-8a10-2c7e0f4d9b63";
    const removed = { id: other, "@removed": "deleted" };
    const changed = (members: readonly object[]) => ({
      value: [notice({ resourceData: { id: GROUP, "members@delta": members } })],
    });
    await send(changed([{ id: "4d147cc8-10cb-4158-ac52-90ee8ff9d846" }, removed]));
    await send(changed(Array.from({ length: 21 }, () => removed)));
    expect(handedOn()).toMatchObject([
      { body: { detail: { groupIds: [GROUP, other] } } },
      { body: { detail: { groupIds: [GROUP] } } },
    ]);
  });

  it.each([
    ["another secret", { clientState: "guessed" }],
    ["no secret", { clientState: undefined }],
    ["another subscription", { subscriptionId: GROUP }],
    ["another tenant", { tenantId: GROUP }],
  ])("drops a notification with %s without a word", async (_, differing) => {
    const { send, handedOn } = aWebhook();
    expect(await send({ value: [notice(differing)] })).toEqual({ statusCode: 202 });
    expect(handedOn()).toEqual([]);
  });

  it("lets the good ones of a mixed delivery pass", async () => {
    const other = "5e1c3a7b-9d24-4b6f-8a10-2c7e0f4d9b63";
    const { send, handedOn } = aWebhook();
    await send({ value: [notice({ clientState: "guessed", resourceData: { id: other } }), notice()] });
    expect(handedOn()).toMatchObject([{ body: { detail: { groupIds: [GROUP], all: false } } }]);
  });

  it("hands notices about the subscription itself to the function that keeps it", async () => {
    const { send, handedOn } = aWebhook();
    const { changeType: _, ...lifecycle } = notice({ lifecycleEvent: "reauthorizationRequired" });
    await send({ value: [lifecycle] });
    expect(handedOn()).toMatchObject([
      {
        url: expect.stringContaining("/functions/keep/"),
        body: { lifecycle: [{ subscriptionId: SUBSCRIPTION, event: "reauthorizationRequired" }] },
      },
    ]);
  });

  it("asks for a look at everything when a delivery names more than 200 groups, or none", async () => {
    const { send, handedOn } = aWebhook();
    const many = Array.from({ length: 201 }, (_, index) => {
      const id = `0bc7d487-fd6f-41a0-8362-${String(index).padStart(12, "0")}`;
      return notice({ resource: `Groups/${id}`, resourceData: { id } });
    });
    await send({ value: many });
    await send({ value: [notice({ resource: "", resourceData: {} })] });
    expect(handedOn()).toMatchObject([
      { body: { detail: { all: true } } },
      { body: { detail: { all: true } } },
    ]);
  });

  it("reads the table at most once for a thousand forged notifications within ten seconds", async () => {
    const { send, reads, pass } = aWebhook();
    for (let index = 0; index < 1000; index += 1) {
      await send({ value: [notice({ subscriptionId: `made-up-${index}` })] });
      pass(9);
    }
    expect(reads()).toBe(1);
  });

  it("remembers the subscription for a minute", async () => {
    const { send, reads, pass } = aWebhook();
    for (const seconds of [0, 30, 29]) {
      pass(seconds * 1000);
      await send({ value: [notice()] });
    }
    expect(reads()).toBe(1);
    pass(2000);
    await send({ value: [notice()] });
    expect(reads()).toBe(2);
  });

  it("asks Graph to send again what it could not hand on", async () => {
    const { send } = aWebhook({ isLambdaDown: true });
    expect(await send({ value: [notice()] })).toEqual({ statusCode: 503 });
  });

  it("takes whatever it is sent, and hands nothing of it on", async () => {
    const { webhook, handedOn } = aWebhook();
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc.anything().map((value) => JSON.stringify({ value: [value] })),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.boolean(), async (body, isBase64Encoded) => {
        expect(await webhook({ body, isBase64Encoded })).toEqual({ statusCode: 202 });
      }),
    );
    expect(handedOn()).toEqual([]);
  });
});

function request(name: string): { path: string; body: unknown } {
  const text = readFileSync(new URL(`${name}.json`, FOLDER), "utf8");
  return (JSON.parse(text) as { request: { path: string; body: unknown } }).request;
}

const title = isThere
  ? "published requests"
  : "published requests (skipped: ../shared/contracts/events is not there)";

describe.skipIf(!isThere)(title, () => {
  it("are understood: the handshake", async () => {
    const { webhook } = aWebhook();
    const rawQueryString = request("graph-validation-request").path.split("?")[1] ?? "";
    expect(await webhook({ rawQueryString })).toMatchObject({
      statusCode: 200,
      body: expect.stringMatching(/^Validation: Testing client application reachability/),
    });
  });

  it.each([
    [
      "graph-group-members-changed",
      { detail: { groupIds: [GROUP, "b8a4f0d3-52c6-4e0b-9f43-6a1c0d9e7f25"] } },
    ],
    ["graph-group-updated", { detail: { groupIds: [GROUP, "5e1c3a7b-9d24-4b6f-8a10-2c7e0f4d9b63"] } }],
    ["graph-lifecycle-missed", { lifecycle: [{ event: "missed" }] }],
    ["graph-lifecycle-reauthorization-required", { lifecycle: [{ event: "reauthorizationRequired" }] }],
    ["graph-lifecycle-subscription-removed", { lifecycle: [{ event: "subscriptionRemoved" }] }],
  ])("are understood: %s", async (name, handed) => {
    const { send, handedOn } = aWebhook();
    expect(await send(request(name).body)).toEqual({ statusCode: 202 });
    expect(handedOn()).toMatchObject([{ body: handed }]);
  });
});
