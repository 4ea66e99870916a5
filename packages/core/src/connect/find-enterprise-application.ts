import { FlowError } from "../errors.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";

interface Wanted {
  readonly applicationName: string;
  /** AWS's SAML identifier of the instance. */
  readonly entityId: string;
  /** The application in the connection record; it may have been deleted in Entra meanwhile. */
  readonly recorded: EnterpriseApplication | null;
}

/**
 * Finds the instance's application: the recorded one, the one with its identifier whatever its name (somebody followed
 * a manual), or the one with that name, if no other service uses it.
 * @throws {FlowError} ApplicationAmbiguous when several have the name; ApplicationOfAnotherInstance
 */
export async function findEnterpriseApplication(
  { applicationName, entityId, recorded }: Wanted,
  { applications }: Pick<Ports, "applications">,
): Promise<EnterpriseApplication | null> {
  if (recorded && (await applications.isVisible(recorded))) return recorded;
  const identified = await applications.findByIdentifier(entityId);
  if (identified) return identified;
  const [named, ...others] = await applications.find(applicationName);
  if (!named) return null;
  if (others.length > 0) {
    const ids = [named, ...others].map(({ appId }) => appId).join(", ");
    throw new FlowError(
      "ApplicationAmbiguous",
      `The tenant has ${others.length + 1} applications named "${applicationName}": ${ids}`,
    );
  }
  const { identifierUris } = await applications.read(named);
  // Its identifier is about to be replaced, which would lock out people who sign in with the old one.
  if (identifierUris.length > 0 && !identifierUris.includes(entityId)) {
    throw new FlowError(
      "ApplicationOfAnotherInstance",
      `The application "${applicationName}" (${named.appId}) is the sign-on application of ${identifierUris.join(", ")}, not of ${entityId}`,
    );
  }
  return named;
}
