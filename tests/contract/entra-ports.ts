import type { MakeEntraWorld } from "./entra-world.ts";
import { describeApplications } from "./ports/applications.ts";
import { describeDirectory } from "./ports/directory.ts";
import { describeFederationMetadata } from "./ports/federation-metadata.ts";
import { describeProvisioning } from "./ports/provisioning.ts";
import { describeScim } from "./ports/scim.ts";

/** What core relies on in its ports on Entra and SCIM, whatever implements them. */
export function describeEntraPorts(makeWorld: MakeEntraWorld): void {
  describeDirectory(makeWorld);
  describeApplications(makeWorld);
  describeFederationMetadata(makeWorld);
  describeProvisioning(makeWorld);
  describeScim(makeWorld);
}
