import { describe, expect, it } from "vitest";
import { makeConsoleVisitor } from "../../../test-support/console-visitor.ts";

const TOKENS = "/settings/provisioning/tokens";

function connected() {
  const visitor = makeConsoleVisitor();
  visitor.connect();
  return visitor;
}

async function enabled() {
  const visitor = connected();
  const { location } = await visitor.post("/settings/provisioning/enable");
  return { ...visitor, dialog: location ?? "" };
}

/** Texts to copy: endpoint and token. */
function copied(html: string): string[] {
  return [...html.matchAll(/<code class="copy">([^<]*)</g)].map(([, text = ""]) => text);
}

describe("Settings, Automatic provisioning", () => {
  it("is offered once the identity source is external, and no longer when it is enabled", async () => {
    const { get, post, connect } = makeConsoleVisitor();
    expect((await get("/settings")).text).not.toContain("Automatic provisioning The identity provider");
    expect((await post("/settings/provisioning/enable")).status).toBe(409);
    connect();
    expect((await get("/settings")).text).toContain("Automatic provisioning The identity provider");
    await post("/settings/provisioning/enable");
    expect((await get("/settings")).text).toMatch(
      /Actions Change identity source Manage authentication Manage provisioning/,
    );
    const again = await post("/settings/provisioning/enable");
    expect(again.status).toBe(409);
    expect(again.text).toContain("already enabled");
  });

  it("shows SCIM endpoint and access token once, and keeps the page out of caches", async () => {
    const { get, dialog, test } = await enabled();
    const first = await get(dialog);
    expect(first.text).toContain("Inbound automatic provisioning");
    expect(first.headers.get("cache-control")).toBe("no-store");
    const [endpoint, token = ""] = copied(first.html);
    expect(endpoint).toBe(test.sandbox.console.scimEndpoint());
    expect([...test.sandbox.states.scim.tokens.values()].map((known) => known.token)).toEqual([token]);

    const second = await get(dialog);
    expect(second.status).toBe(410);
    expect(second.html).not.toContain(token);
    expect((await get("/settings/provisioning")).html).not.toContain(token);
  });

  it("makes a second token and refuses a third until one is deleted", async () => {
    const { get, post, test } = await enabled();
    const second = await post(TOKENS);
    expect((await get(second.location ?? "")).text).toContain("Generate new access token");
    const third = await post(TOKENS);
    expect(third.status).toBe(409);
    expect(third.text).toContain("There are 2 access tokens already");

    const [id = ""] = test.sandbox.states.scim.tokens.keys();
    const unconfirmed = await post(`${TOKENS}/${id}/delete`, { confirmation: "delete" });
    expect(unconfirmed.status).toBe(400);
    expect(unconfirmed.text).toContain("Type DELETE, in capitals.");
    const deleted = await post(`${TOKENS}/${id}/delete`, { confirmation: "DELETE" });
    expect((await get(deleted.location ?? "")).text).toContain("You deleted an access token.");
    expect((await post(TOKENS)).status).toBe(303);
    expect((await get(`${TOKENS}/${id}/delete`)).status).toBe(404);
  });

  it("says from 90 days before the end that a token expires, and then that it has", async () => {
    const { get, test } = await enabled();
    const day = 86_400_000;
    expect((await get("/settings/provisioning")).text).toContain("Active");
    await test.clock.advance(276 * day);
    expect((await get("/settings/provisioning")).text).toContain("Expires soon");
    await test.clock.advance(90 * day);
    expect((await get("/settings/provisioning")).text).toContain("Expired");
  });

  it("has no page of tokens before it is enabled", async () => {
    const { status, text } = await connected().get("/settings/provisioning");
    expect(status).toBe(409);
    expect(text).toContain("choose Enable");
  });
});
