import { describe, expect, it } from "vitest";
import { makeTestScim, scimUser } from "../../test-support/scim-client.ts";

const YEAR = 365 * 24 * 60 * 60 * 1000;

describe("the SCIM endpoint", () => {
  it("tells its configuration to anybody who has a token", async () => {
    const { status, body } = await makeTestScim().send("GET", "/ServiceProviderConfig");
    expect(status).toBe(200);
    expect(body).toMatchObject({ patch: { supported: true }, bulk: { supported: false } });
  });

  it("answers 401 to a wrong token, to none, and to another tenant", async () => {
    const { send, sandbox, token } = makeTestScim();
    const { status, body } = await send("GET", "/Users", undefined, "wrong");
    expect(status).toBe(401);
    expect(body).toMatchObject({ status: "401" });
    const bare = await sandbox.fetch(new Request("http://127.0.0.1/scim/other/scim/v2/Users"));
    expect(bare.status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    const other = await sandbox.fetch(new Request("http://127.0.0.1/scim/other/scim/v2/Users", { headers }));
    expect(other.status).toBe(401);
  });

  it("takes a token for one year", async () => {
    const { send, clock } = makeTestScim();
    await clock.advance(YEAR - 1);
    expect((await send("GET", "/Users")).status).toBe(200);
    await clock.advance(1);
    expect((await send("GET", "/Users")).status).toBe(401);
  });

  it("takes two tokens side by side, and not one that was deleted", async () => {
    const { send, sandbox, token } = makeTestScim();
    const second = sandbox.states.scim.createToken();
    expect((await send("GET", "/Users", undefined, second.token)).status).toBe(200);
    sandbox.states.scim.tokens.delete(second.id);
    expect((await send("GET", "/Users", undefined, second.token)).status).toBe(401);
    expect((await send("GET", "/Users", undefined, token)).status).toBe(200);
  });

  it("refuses a body that is not JSON", async () => {
    const { status, reason } = await makeTestScim().send("POST", "/Users", "{");
    expect({ status, reason }).toEqual({ status: 400, reason: "Invalid JSON from RequestBody" });
  });

  it("takes 25 writes a second of each operation, and more later", async () => {
    const { send, clock } = makeTestScim();
    for (let index = 0; index < 25; index += 1)
      await send("POST", "/Users", scimUser(`u${index}@contoso.com`));
    expect((await send("POST", "/Users", scimUser("late@contoso.com"))).status).toBe(429);
    await clock.advance(1000);
    expect((await send("POST", "/Users", scimUser("late@contoso.com"))).status).toBe(201);
  });

  it("takes 40 reads a second of each operation, whatever the writes", async () => {
    const { send, clock } = makeTestScim();
    for (let index = 0; index < 40; index += 1) await send("GET", "/Users");
    const late = await send("GET", "/Users");
    expect([late.status, late.reason]).toEqual([429, "Rate exceeded"]);
    expect((await send("GET", "/Groups")).status).toBe(200);
    expect((await send("POST", "/Users", scimUser("a@contoso.com"))).status).toBe(201);
    await clock.advance(1000);
    expect((await send("GET", "/Users")).status).toBe(200);
  });

  it("never repeats the token in an answer", async () => {
    const { send, token } = makeTestScim();
    const answers = [await send("GET", "/ServiceProviderConfig"), await send("GET", "/Nothing")];
    expect(JSON.stringify(answers)).not.toContain(token);
  });
});
