import { inspectConnection, type ConcernReport } from "@landbridge/core";
import { makeDeps } from "@landbridge/functions/_shared/deps";
import { makeWiring } from "@landbridge/functions/_shared/wiring";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aFlowHost, type FlowHost } from "../support/flow-host.ts";

const AUDIENCE = "api://AzureADTokenExchange";

/** A deployment without a stored secret: its functions sign in with AWS's assertion of their role. */
async function inspectWithoutSecret(host: FlowHost): Promise<ConcernReport> {
  const { LANDBRIDGE_CLIENT_SECRET_NAME: _, ...variables } = host.variables;
  const wiring = makeWiring(variables, {
    clock: host.deps.clock,
    fetch: (input, init) => host.sandbox.network(new Request(input, init)),
    ...host.client,
  });
  await inspectConnection("graph-credential", makeDeps(wiring));
  const text = await host.deps.objects.readText("health/concerns/graph-credential.json");
  return JSON.parse(text) as ConcernReport;
}

/** AWS's assertion: the issuer of the account and the role of the caller. */
async function trustOf(host: FlowHost): Promise<{ issuer: string; subject: string }> {
  const { issuer, subject } = await host.deps.graphSignIn.readAssertion();
  return { issuer, subject };
}

async function trust(host: FlowHost, name: string, { issuer, subject }: { issuer: string; subject: string }) {
  const { clientId } = host.sandbox.entra.credentials;
  const found = await asAdministrator(host, "GET", `/applications?$filter=appId eq '${clientId}'`);
  const { value } = (await found.json()) as { value: { id: string }[] };
  const path = `/applications/${value[0]?.id}/federatedIdentityCredentials`;
  const made = await asAdministrator(host, "POST", path, { name, issuer, subject, audiences: [AUDIENCE] });
  expect(made.status).toBe(201);
  // Sign-in finds a new one after some minutes.
  await host.deps.clock.sleep(600_000);
}

describe("signing in without a stored secret", () => {
  it("is in order when Entra trusts exactly what AWS presents", async () => {
    const host = await aFlowHost();
    await trust(host, "landbridge", await trustOf(host));

    expect(await inspectWithoutSecret(host)).toMatchObject({
      outcome: "checked",
      state: "federated, no stored secret",
      findings: [],
    });
  });

  it("is critical when the subject is another role's: it shows what AWS presents and what Entra says", async () => {
    const host = await aFlowHost();
    const { issuer, subject } = await trustOf(host);
    await trust(host, "landbridge", { issuer, subject: `${subject}-other` });

    const { findings } = await inspectWithoutSecret(host);

    expect(findings).toMatchObject([{ code: "GraphSignInRefused", severity: "critical" }]);
    expect(findings[0]?.what).toContain(`subject ${subject},`);
    expect(findings[0]?.what).toMatch(/AADSTS70021/);
  });
});
