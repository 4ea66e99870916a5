import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { FlowError } from "../errors.ts";
import type { AppRegistrationState, FederatedTrust, GraphSignIn } from "../ports/graph-sign-in.ts";
import { checkGraphCredential } from "./check-graph-credential.ts";

const TRUST: FederatedTrust = {
  issuer: "https://7f.tokens.sts.global.api.aws",
  subject: "arn:aws:iam::111122223333:role/landbridge-sign-in",
  audience: "api://AzureADTokenExchange",
};
const clock = new VirtualClock();

function inDays(days: number): string {
  return new Date(clock.now() + days * 86_400_000).toISOString();
}

function check(
  method: GraphSignIn["method"],
  registration: Partial<AppRegistrationState> | FlowError,
  presented: FederatedTrust = TRUST,
) {
  const graphSignIn: GraphSignIn = {
    method,
    missingPermissions: () => [],
    readAssertion: () => Promise.resolve(presented),
    readRegistration: () =>
      registration instanceof FlowError
        ? Promise.reject(registration)
        : Promise.resolve({
            displayName: "Landbridge",
            credentials: [],
            federatedTrusts: [],
            ...registration,
          }),
  };
  return checkGraphCredential({ graphSignIn, clock });
}

function secret(name: string, days: number) {
  return { kind: "client secret", name, expiresAt: inDays(days) } as const;
}

describe("a federated credential", () => {
  it("is in order when issuer, subject and audience are exactly what AWS presents", async () => {
    expect(
      await check("federated", { federatedTrusts: [{ ...TRUST, subject: "other" }, TRUST] }),
    ).toMatchObject({
      state: "federated, no stored secret",
      findings: [],
    });
  });

  it.each(["issuer", "subject", "audience"] as const)(
    "does not match by another %s, and both sides are named",
    async (claim) => {
      const presented = { ...TRUST, [claim]: "something else" };
      const { findings } = await check("federated", { federatedTrusts: [TRUST] }, presented);
      expect(findings).toMatchObject([{ code: "FederatedCredentialMismatch", severity: "critical" }]);
      expect(findings[0]?.what).toContain(`${claim} something else`);
      expect(findings[0]?.what).toContain(`${claim} ${TRUST[claim]}`);
    },
  );

  it("that Entra refuses is told with what AWS presents, for there is nothing else to compare it with", async () => {
    const refusal = new FlowError("NotPropagatedYet", "AADSTS70021: No matching federated identity record");
    const { findings } = await check("federated", refusal);
    expect(findings).toMatchObject([{ code: "GraphSignInRefused" }]);
    expect(findings[0]?.what).toContain("AADSTS70021");
    expect(findings[0]?.what).toContain(`subject ${TRUST.subject}`);
  });

  it("cannot be judged while Graph does not answer: that is no finding of its own", async () => {
    await expect(check("federated", new FlowError("ServiceUnavailable", "503"))).rejects.toMatchObject({
      name: "ServiceUnavailable",
    });
  });
});

describe("a client secret", () => {
  it("that ends soon is reported although a younger one exists, for which of them is in use nobody says", async () => {
    const { findings, figures, expiresAt } = await check("client-secret", {
      credentials: [secret("new", 700), secret("old", 20), secret("gone", -5)],
    });
    expect(findings).toMatchObject([{ code: "GraphCredentialExpiring", severity: "warning" }]);
    expect(findings[0]?.what).toContain('client secret "old"');
    expect(figures).toEqual({ graphCredentialDaysLeft: 20 });
    expect(expiresAt).toBe(inDays(20));
  });

  it("that Entra refuses is critical", async () => {
    const refusal = new FlowError(
      "ConsentMissing",
      "AADSTS7000222: The provided client secret keys are expired",
    );
    expect((await check("client-secret", refusal)).findings).toMatchObject([
      { code: "GraphSignInRefused", severity: "critical" },
    ]);
  });
});
