import { isFlowError } from "../errors.ts";
import type { FederatedTrust, RegistrationCredential } from "../ports/graph-sign-in.ts";
import type { Ports } from "../ports/ports.ts";
import { dayOf, daysUntil, judgeExpiry } from "./expiry.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

const LIMITS = { notice: 30, warning: 30, critical: 7 };

type Needs = Pick<Ports, "graphSignIn" | "clock">;

/** Landbridge's credential for Entra: how long it is valid, or whether Entra trusts the identity that AWS asserts. */
export async function checkGraphCredential({ graphSignIn, clock }: Needs): Promise<Inspection> {
  if (graphSignIn.method === "federated") return checkFederation(graphSignIn);
  try {
    const { credentials } = await graphSignIn.readRegistration();
    return judgeCredentials(credentials, clock.now());
  } catch (error) {
    if (!isFlowError(error, "ConsentMissing")) throw error;
    return checked("refused", { findings: [finding("GraphSignInRefused", `${error.message}.`)] });
  }
}

/**
 * Only the secret itself could show which of several is in use, and it is not read: each one that expires soon is reported;
 * expired ones are not if another one works.
 */
function judgeCredentials(credentials: readonly RegistrationCredential[], now: number): Inspection {
  const valid = credentials
    .filter(({ expiresAt }) => Date.parse(expiresAt) >= now)
    .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
  const findings = valid.flatMap(({ kind, name, expiresAt }) =>
    judgeExpiry({
      name: `The ${kind} ${JSON.stringify(name)} of the app registration`,
      expiresAt,
      now,
      limits: LIMITS,
      expiring: "GraphCredentialExpiring",
      expired: "GraphCredentialExpiring",
    }),
  );
  const [first] = valid;
  if (!first) return checked("signs in with a credential that the registration does not list", { findings });
  const { expiresAt, kind } = first;
  const figures = { graphCredentialDaysLeft: daysUntil(expiresAt, now) };
  return checked(`${kind}, good until ${dayOf(expiresAt)}`, { expiresAt, findings, figures });
}

/** Tests the assertion first: if Entra refuses it, the error says which values to compare. */
async function checkFederation(graphSignIn: Needs["graphSignIn"]): Promise<Inspection> {
  const presented = await graphSignIn.readAssertion();
  const findings: Finding[] = [];
  try {
    const { federatedTrusts } = await graphSignIn.readRegistration();
    if (!federatedTrusts.some((trust) => isSame(trust, presented)))
      findings.push(finding("FederatedCredentialMismatch", mismatch(presented, federatedTrusts)));
  } catch (error) {
    // Entra also reports NotPropagatedYet for a federated credential that does not match: it cannot distinguish the two.
    if (!isFlowError(error, "ConsentMissing", "NotPropagatedYet")) throw error;
    findings.push(finding("GraphSignInRefused", `${error.message}. AWS presents ${describe(presented)}.`));
  }
  return checked(findings.length === 0 ? "federated, no stored secret" : "federated, refused", { findings });
}

function isSame(a: FederatedTrust, b: FederatedTrust): boolean {
  return a.issuer === b.issuer && a.subject === b.subject && a.audience === b.audience;
}

function mismatch(presented: FederatedTrust, trusts: readonly FederatedTrust[]): string {
  const there = trusts.length === 0 ? "none" : trusts.map(describe).join("; ");
  return `AWS presents ${describe(presented)}. The app registration trusts ${there}.`;
}

function describe({ issuer, subject, audience }: FederatedTrust): string {
  return `issuer ${issuer}, subject ${subject}, audience ${audience}`;
}
