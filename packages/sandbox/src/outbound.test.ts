import { describe, expect, it } from "vitest";
import { makeVirtualClock } from "./kernel/virtual-clock.ts";
import { createSandbox, type SandboxOptions } from "./sandbox.ts";
import { DirectoryFile } from "./seed/directory-file.ts";
import { OrganizationFile } from "./seed/organization-file.ts";
import { ORGANIZATION } from "../test-support/test-sandbox.ts";

async function makeWatched(outbound: Pick<SandboxOptions, "outbound">) {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse(ORGANIZATION),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" }, groups: [{ name: "Ops" }] }),
    clock,
    ...outbound,
  });
  sandbox.entra.grant(["Group.Read.All"]);
  const { tenantId, clientId, clientSecret } = sandbox.entra.credentials;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const signIn = await sandbox.network(
    new Request(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({ ...form, scope: "https://graph.microsoft.com/.default" }),
    }),
  );
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const subscribe = () =>
    sandbox.network(
      new Request("https://graph.microsoft.com/v1.0/subscriptions", {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify({
          changeType: "updated",
          notificationUrl: "https://landbridge.example.com/webhooks/graph",
          resource: "/groups",
          expirationDateTime: new Date(clock.now() + 86_400_000).toISOString(),
        }),
      }),
    );
  return { clock, sandbox, subscribe };
}

describe("what the simulated clouds send out", () => {
  it("reaches the host of the sandbox: the handshake first, changes later, on a clock that jumps", async () => {
    const received: string[] = [];
    const { clock, sandbox, subscribe } = await makeWatched({
      async outbound(request) {
        const token = new URL(request.url).searchParams.get("validationToken");
        received.push(token === null ? await request.text() : "handshake");
        return new Response(token, { headers: { "Content-Type": "text/plain" } });
      },
    });
    expect((await subscribe()).status).toBe(201);
    const [ops] = sandbox.entra.groups();
    if (ops) ops.displayName = "Operations";
    await clock.sleep(3_600_000);
    expect(received).toEqual(["handshake", expect.stringContaining(`Groups/${ops?.id}`)]);
    sandbox.close();
  });

  it("reaches nobody without a host that takes it, and never the sandbox's own clients", async () => {
    const { sandbox, subscribe } = await makeWatched({});
    expect((await subscribe()).status).toBe(400);
    const foreign = new Request("https://landbridge.example.com/");
    await expect(sandbox.network(foreign)).rejects.toThrow(/does not host landbridge\.example\.com/);
    sandbox.close();
  });
});
