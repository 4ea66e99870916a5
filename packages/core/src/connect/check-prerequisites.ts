import { FlowError, isFlowError } from "../errors.ts";
import type { Instance } from "../model/instance.ts";
import type { Tenant } from "../ports/directory.ts";
import type { Ports } from "../ports/ports.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { readDirectory } from "../policy/read-directory.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { type Connection, readConnectionOf, type ScimCredentials } from "./connection.ts";
import { findUnfitPrincipals } from "./unfit-principals.ts";

export interface Prerequisites {
  readonly instance: Instance;
  readonly tenantId: string;
  /** Users of the identity store that SCIM did not create: they cannot sign in once Entra is the identity source. */
  readonly usersLosingSignIn: number;
  /** Answers of earlier runs that are still valid. */
  readonly known: Pick<Connection, "serviceProvider" | "identitySourceThumbprint" | "scim">;
}

type Needs = Pick<
  Ports,
  "identityCenter" | "identityStore" | "directory" | "records" | "secrets" | "scim" | "events"
>;

interface Expectations {
  /** The required permissions that the granted ones do not cover, one sentence each. */
  readonly missingPermissions: (granted: readonly string[]) => readonly string[];
  readonly loadPolicy: () => Promise<AccessPolicy>;
}

/** More than these are counted only. */
const WARNINGS_SHOWN = 10;

/**
 * Checks everything that would stop connect later, before its first write and all at once; and lists who will not be
 * provisioned.
 * @throws {FlowError} InstanceNotFound, ConsentMissing, LicenceMissing, PrerequisitesMissing when it is both; PolicyInvalid
 */
export async function checkPrerequisites(
  { missingPermissions, loadPolicy }: Expectations,
  ports: Needs,
): Promise<Prerequisites> {
  const instance = await ports.identityCenter.readInstance();
  const missing = missingPermissions(await ports.directory.grantedPermissions());
  const { tenantId } = await checkTenant(missing, ports);
  await warnOfUnfit(await loadPolicy(), ports);
  const users = await ports.identityStore.listUsers(instance.identityStoreId);
  const usersLosingSignIn = users.filter((user) => user.externalId === null).length;
  if (usersLosingSignIn > 0) {
    ports.events.emit("warning.raised", {
      message: `${usersLosingSignIn} users of Identity Center will lose sign-in unless Entra has users of the same name`,
    });
  }
  return { instance, tenantId, usersLosingSignIn, known: await whatIsKnown(instance, ports) };
}

async function checkTenant(missing: readonly string[], { directory }: Needs): Promise<Tenant> {
  const tenant = await readTenant(missing, directory);
  const consent = `Landbridge's app registration lacks Microsoft Graph ${missing.join("; ")}`;
  const licence = `The tenant ${tenant?.displayName} has neither Entra ID P1 nor P2, which assigning groups to the application needs`;
  if (tenant?.canAssignGroups === false) {
    if (missing.length === 0) throw new FlowError("LicenceMissing", licence);
    throw new FlowError("PrerequisitesMissing", `${consent}. ${licence}`);
  }
  if (missing.length > 0 || tenant === null) throw new FlowError("ConsentMissing", consent);
  return tenant;
}

/** Null when a permission for it is among the missing ones. */
async function readTenant(missing: readonly string[], directory: Needs["directory"]): Promise<Tenant | null> {
  try {
    return await directory.readTenant();
  } catch (error) {
    if (missing.length > 0 && isFlowError(error, "ConsentMissing")) return null;
    throw error;
  }
}

async function warnOfUnfit(policy: AccessPolicy, ports: Needs): Promise<void> {
  const unfit = findUnfitPrincipals(policy, await readDirectory(policy, ports));
  for (const { name, reason } of unfit.slice(0, WARNINGS_SHOWN)) {
    ports.events.emit("warning.raised", { message: `${name} cannot be provisioned: ${reason}` });
  }
  const more = unfit.length - WARNINGS_SHOWN;
  if (more > 0) ports.events.emit("warning.raised", { message: `${more} more cannot be provisioned` });
}

async function whatIsKnown(instance: Instance, ports: Needs): Promise<Prerequisites["known"]> {
  const connection = await readConnectionOf(ports.records, instance.identityStoreId);
  const { serviceProvider, identitySourceThumbprint, scim } = connection;
  return {
    ...(serviceProvider && { serviceProvider }),
    ...(identitySourceThumbprint && { identitySourceThumbprint }),
    ...(scim && (await isUsable(scim, ports)) && { scim }),
  };
}

/** If the endpoint is not AWS's, connect asks again; using it would end every flow. */
async function isUsable(scim: ScimCredentials, ports: Needs): Promise<boolean> {
  try {
    return await tokenWorks(scim, ports);
  } catch (error) {
    if (!isFlowError(error, "ScimEndpointRefused", "ScimEndpointOfAnotherRegion")) throw error;
    ports.events.emit("warning.raised", {
      message: `The connection record cannot be trusted: ${error.message}`,
    });
    return false;
  }
}
