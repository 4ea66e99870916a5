import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { checkGraphCredential } from "../watch/check-graph-credential.ts";
import { checkProvisioningJob } from "../watch/check-provisioning-job.ts";
import type { Inspection } from "../watch/inspection.ts";
import { bad, type Diagnosis, diagnose, good, skipped } from "./diagnosis.ts";

type Needs = Pick<
  Ports,
  "directory" | "applications" | "provisioning" | "graphSignIn" | "records" | "clock"
> & {
  readonly settings: Pick<Settings, "applicationName">;
};

/** Checks the sign-in to the tenant, the granted permissions, and what exists there. */
export async function diagnoseEntra(ports: Needs): Promise<Diagnosis[]> {
  let granted: readonly string[] | null = null;
  const signIn = await diagnose("Entra", "sign-in to Microsoft Graph", async () => {
    granted = await ports.directory.grantedPermissions();
    const how =
      ports.graphSignIn.method === "federated" ? "with a federated credential" : "with a client secret";
    return good(`a token is issued, ${how}`);
  });
  const permissions = await diagnose("Entra", "Graph permissions", async () => {
    if (granted === null) return skipped("needs the sign-in");
    const missing = ports.graphSignIn.missingPermissions(granted);
    if (missing.length === 0)
      return good(`all required permissions are granted (${granted.length} in total)`);
    const remedy =
      "App registrations, API permissions: add it as application permission, then grant admin consent.";
    return missing.map((permission) => bad("critical", `lacks ${permission}`, remedy));
  });
  if (granted === null) return [...signIn, ...permissions, ...(await diagnoseCredential(ports))];
  const rest = await Promise.all([
    diagnoseCredential(ports),
    diagnose("Entra", "licence", () => readLicence(ports)),
    diagnose("Entra", "enterprise application", () => findApplication(ports)),
    diagnose("Entra", "provisioning job", async () => fromInspection(await checkProvisioningJob(ports))),
  ]);
  return [...signIn, ...permissions, ...rest.flat()];
}

function diagnoseCredential(ports: Needs): Promise<Diagnosis[]> {
  return diagnose("Entra", "own credential", async () => fromInspection(await checkGraphCredential(ports)));
}

async function readLicence({ directory }: Needs) {
  const { displayName, canAssignGroups } = await directory.readTenant();
  if (canAssignGroups) return good(`${displayName} has Entra ID P1 or P2`);
  if (canAssignGroups === null)
    return bad(
      "warning",
      `${displayName} does not show its licences.`,
      "Make sure that it has Entra ID P1 or P2.",
    );
  return bad(
    "critical",
    `${displayName} has neither Entra ID P1 nor P2.`,
    "Assigning a group to an application requires one of these licences for every user in it.",
  );
}

async function findApplication({ applications, settings }: Needs) {
  const found = await applications.find(settings.applicationName);
  const name = JSON.stringify(settings.applicationName);
  if (found.length === 0) return good(`none is named ${name} yet: connect creates it`);
  if (found.length === 1) return good(`${name}, ${found[0]?.appId}`);
  return bad(
    "critical",
    `${found.length} applications are named ${name}.`,
    "Rename all but one, or set LANDBRIDGE_APPLICATION_NAME.",
  );
}

/** The watch's verdict. */
function fromInspection({ outcome, state, findings }: Inspection) {
  if (outcome === "not-applicable") return skipped(state);
  if (findings.length === 0) return good(state);
  return findings.map(({ severity, what, remedy }) => bad(severity, what, remedy));
}
