import { readConnection } from "../connect/connection.ts";
import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { dayOf, daysUntil, judgeExpiry } from "./expiry.ts";
import { finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

/** AWS reminds from 90 days on as well (user guide, "Automatic provisioning"); rotation is due from 60 on. */
const LIMITS = { notice: 90, warning: 60, critical: 30 };

/** How long the SCIM token is valid. */
export async function checkScimToken({
  records,
  clock,
}: Pick<Ports, "records" | "clock">): Promise<Inspection> {
  const { scim } = await readConnection(records);
  if (!scim) return notApplicable("no token yet");
  const { expiresAt } = scim;
  const now = clock.now();
  const findings = judgeExpiry({
    name: "The SCIM token",
    expiresAt,
    now,
    limits: LIMITS,
    expiring: "ScimTokenExpiring",
    expired: "ScimTokenExpired",
  });
  const figures = { scimTokenDaysLeft: daysUntil(expiresAt, now) };
  return checked(`good until ${dayOf(expiresAt)}`, { expiresAt, findings, figures });
}

/** Whether AWS accepts the token now: two reads of the SCIM endpoint. */
export async function checkScimEndpoint({
  records,
  secrets,
  scim,
}: Pick<Ports, "records" | "secrets" | "scim">): Promise<Inspection> {
  const known = (await readConnection(records)).scim;
  if (!known) return notApplicable("no endpoint yet");
  const token = await secrets.read(known.secret);
  try {
    await scim.probe({ endpoint: known.endpoint, token });
    return checked("accepts the token");
  } catch (error) {
    if (isFlowError(error, "ScimTokenRefused"))
      return checked("refuses the token", { findings: [finding("ScimTokenRefused", `${error.message}.`)] });
    if (!isFlowError(error, "ScimEndpointRefused", "ScimEndpointOfAnotherRegion")) throw error;
    return checked("is not trusted", { findings: [finding("ScimEndpointRefused", `${error.message}.`)] });
  }
}
