import { describe, expect, it } from "vitest";
import { makeConsoleVisitor } from "../../test-support/console-visitor.ts";

function enable(headers: Readonly<Record<string, string>>, path = "/settings/provisioning/enable") {
  const visitor = makeConsoleVisitor();
  visitor.connect();
  return visitor.post(path, {}, headers).then((page) => ({ page, visitor }));
}

describe("the console's guard", () => {
  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["another port of this machine", { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" }],
    ["a browser that names only the origin", { origin: "https://attacker.example" }],
    ["a page without an origin", { origin: "null" }],
  ])("refuses a form that %s sends, and nothing has changed", async (_who, headers) => {
    const { page, visitor } = await enable(headers);
    expect(page.status).toBe(403);
    expect(page.text).toContain("Another web page sent this request.");
    expect(visitor.test.sandbox.console.scimEndpoint()).toBeNull();
  });

  it("refuses it at the JSON interface too, in JSON", async () => {
    const { page } = await enable({ "sec-fetch-site": "cross-site" }, "/api/provisioning");
    expect(page.status).toBe(403);
    expect(JSON.parse(page.html)).toMatchObject({ error: "ConsoleRefusal", remedy: expect.any(String) });
  });

  it.each([
    ["its own page", { "sec-fetch-site": "same-origin" }],
    ["its own page in a browser that names only the origin", { origin: "http://127.0.0.1" }],
    ["a client that is no browser", {}],
  ])("takes a form from %s", async (_who, headers) => {
    expect((await enable(headers)).page.status).toBe(303);
  });

  it.each(["/console/settings", "/console/api/provisioning/tokens"])(
    "answers to no other name than those of this machine: %s",
    async (path) => {
      const { test } = makeConsoleVisitor();
      const response = await test.sandbox.fetch(new Request(`http://rebound.example:4580${path}`));
      expect(response.status).toBe(403);
      expect((await test.sandbox.fetch(new Request(`http://localhost:4580${path}`))).status).toBe(200);
      expect((await test.sandbox.fetch(new Request(`http://[::1]:4580${path}`))).status).toBe(200);
    },
  );

  it("lets pages run nothing, load nothing from elsewhere and appear in no frame", async () => {
    const { headers, html } = await makeConsoleVisitor().get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
  });

  it("refuses a body that is larger than any metadata file", async () => {
    const { post } = makeConsoleVisitor();
    const metadata = new File(["x".repeat(2_000_001)], "big.xml");
    const { status, text } = await post("/settings/change-identity-source/external", { metadata });
    expect(status).toBe(413);
    expect(text).toContain("larger than 2 MB");
  });
});
