import { describe, expect, it } from "vitest";
import { entraOn, refusal } from "../test-support/fake-graph.ts";

const SECRET = "a-made-up-secret";
const URL = "https://landbridge.example/webhooks/graph";
const EXPIRES = "2025-11-06T08:53:20.0000000Z";
const LINK = "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=abc";

const subscription = {
  id: "s-1",
  resource: "groups",
  changeType: "updated,deleted",
  notificationUrl: URL,
  expirationDateTime: EXPIRES,
};

function subscribe(answer: object) {
  const world = entraOn({ "POST /subscriptions": answer });
  const options = { notificationUrl: URL, clientState: SECRET, expiresAt: "2025-11-06T08:53:20.000Z" };
  return { ...world, made: world.groupChanges.subscribe(options) };
}

function page(value: readonly object[], link: Record<string, string>) {
  return { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#groups", value, ...link };
}

describe("subscriptions", () => {
  it("watch all groups, with notices about the subscription at the same address", async () => {
    const { made, requests } = subscribe(Response.json(subscription, { status: 201 }));
    expect(await made).toEqual({ id: "s-1", expiresAt: EXPIRES });
    expect(requests[0]?.body).toMatchObject({
      changeType: "updated,deleted",
      resource: "groups",
      notificationUrl: URL,
      lifecycleNotificationUrl: URL,
      clientState: SECRET,
    });
  });

  it("say that the address did not answer the handshake, and keep the secret", async () => {
    const message = `Subscription validation request failed. Response must be 200, not 404. ${SECRET}`;
    const { made } = subscribe(refusal(400, "ValidationError", message));
    const error = await made.catch((refused: unknown) => refused as Error);
    expect(error).toMatchObject({ name: "WebhookRefused" });
    expect((error as Error).message).not.toContain(SECRET);
  });

  it("say which permission is missing", async () => {
    const { made } = subscribe(refusal(403, "Authorization_RequestDenied", "Insufficient privileges"));
    await expect(made).rejects.toThrow(/Group\.Read\.All/);
  });

  it("are renewed, and known to be gone", async () => {
    const { groupChanges } = entraOn({
      "PATCH /subscriptions/s-1": [subscription, refusal(404, "ResourceNotFound", "gone")],
      "GET /subscriptions/s-1": [subscription, refusal(404, "ResourceNotFound", "gone")],
    });
    expect(await groupChanges.renew("s-1", "2025-11-06T08:53:20.000Z")).toBe(true);
    expect(await groupChanges.renew("s-1", "2025-11-06T08:53:20.000Z")).toBe(false);
    expect(await groupChanges.find("s-1")).toEqual({ id: "s-1", expiresAt: EXPIRES });
    expect(await groupChanges.find("s-1")).toBeNull();
  });
});

describe("the delta query", () => {
  it("begins with the current link", async () => {
    const { groupChanges, requests } = entraOn({
      "GET /groups/delta": page([], { "@odata.deltaLink": LINK }),
    });
    expect(await groupChanges.changedSince(null)).toEqual({ groupIds: [], link: LINK });
    expect(requests[0]?.query).toEqual({ $deltatoken: "latest", $select: "displayName,members" });
  });

  it("gathers each changed group once, and the groups that were taken out of one, over all pages", async () => {
    const next = "https://graph.microsoft.com/v1.0/groups/delta?$skiptoken=def";
    const end = "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=ghi";
    const members = [
      { "@odata.type": "#microsoft.graph.user", id: "u-1", "@removed": { reason: "deleted" } },
      { "@odata.type": "#microsoft.graph.group", id: "G-3", "@removed": { reason: "deleted" } },
      { "@odata.type": "#microsoft.graph.group", id: "g-4" },
    ];
    const { groupChanges } = entraOn({
      "GET /groups/delta": [
        page([{ id: "g-1" }, { id: "g-2", "members@delta": members }], { "@odata.nextLink": next }),
        page([{ id: "g-1", "@removed": { reason: "changed" } }], { "@odata.deltaLink": end }),
      ],
    });
    expect(await groupChanges.changedSince(LINK)).toEqual({ groupIds: ["g-1", "g-2", "g-3"], link: end });
  });

  it.each([
    [410, "resyncRequired"],
    [400, "syncStateNotFound"],
  ])("says that its link is too old when Graph answers %i %s", async (status, code) => {
    const { groupChanges } = entraOn({ "GET /groups/delta": refusal(status, code, "start again") });
    expect(await groupChanges.changedSince(LINK)).toBeNull();
  });

  it("follows no link away from Graph", async () => {
    const link = { "@odata.nextLink": "https://graph.microsoft.com.evil.example/v1.0/groups/delta" };
    const { groupChanges } = entraOn({ "GET /groups/delta": page([], link) });
    await expect(groupChanges.changedSince(LINK)).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});
