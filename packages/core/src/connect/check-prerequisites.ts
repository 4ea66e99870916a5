import { FlowError, isFlowError } from "../errors.ts";
import type { Instance } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import { type Connection, readConnection } from "./connection.ts";

export interface Prerequisites {
  readonly instance: Instance;
  readonly tenantId: string;
  /** Users of the identity store that SCIM did not make: they cannot sign in once Entra is the identity source. */
  readonly usersLosingSignIn: number;
  /** What earlier runs were told already and is still good. */
  readonly known: Pick<Connection, "serviceProvider" | "identitySourceThumbprint" | "scim">;
}

type Needs = Pick<
  Ports,
  "identityCenter" | "identityStore" | "directory" | "records" | "secrets" | "scim" | "events"
>;

/**
 * Everything that would stop connect later, before its first write.
 * @throws {FlowError} InstanceNotFound, ConsentMissing, LicenceMissing
 */
export async function checkPrerequisites(
  missingPermissions: (granted: readonly string[]) => readonly string[],
  ports: Needs,
): Promise<Prerequisites> {
  const instance = await ports.identityCenter.readInstance();
  const missing = missingPermissions(await ports.directory.grantedPermissions());
  if (missing.length > 0) {
    throw new FlowError(
      "ConsentMissing",
      `Landbridge's app registration lacks Microsoft Graph ${missing.join("; ")}`,
    );
  }
  const tenant = await ports.directory.readTenant();
  if (tenant.canAssignGroups === false) {
    throw new FlowError("LicenceMissing", `The tenant ${tenant.displayName} has neither Entra ID P1 nor P2`);
  }
  const users = await ports.identityStore.listUsers(instance.identityStoreId);
  const usersLosingSignIn = users.filter((user) => user.externalId === null).length;
  if (usersLosingSignIn > 0) {
    ports.events.emit("warning.raised", {
      message: `${usersLosingSignIn} users of Identity Center will lose sign-in unless Entra has users of the same name`,
    });
  }
  return {
    instance,
    tenantId: tenant.tenantId,
    usersLosingSignIn,
    known: await whatIsKnown(instance, ports),
  };
}

async function whatIsKnown(instance: Instance, ports: Needs): Promise<Prerequisites["known"]> {
  const { serviceProvider, identitySourceThumbprint, scim, identityStoreId } = await readConnection(
    ports.records,
  );
  if (identityStoreId !== instance.identityStoreId) return {};
  return {
    ...(serviceProvider && { serviceProvider }),
    ...(identitySourceThumbprint && { identitySourceThumbprint }),
    ...(scim && (await tokenStillWorks(scim, ports)) && { scim }),
  };
}

async function tokenStillWorks(scim: NonNullable<Connection["scim"]>, ports: Needs): Promise<boolean> {
  const token = await ports.secrets.read(scim.secret);
  try {
    await ports.scim.probe({ endpoint: scim.endpoint, token });
    return true;
  } catch (error) {
    if (isFlowError(error, "ScimTokenRefused")) return false;
    throw error;
  }
}
