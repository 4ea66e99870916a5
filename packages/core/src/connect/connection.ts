import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { RecordStore } from "../ports/record-store.ts";
import type { SecretReference } from "../ports/secret-store.ts";

/** What AWS's SAML metadata file says: where Entra sends people (`acs`) and for whom (`entityId`). */
export interface ServiceProvider {
  readonly entityId: string;
  /** Assertion consumer service URLs, the IPv4 one first. */
  readonly replyUrls: readonly string[];
}

export interface ScimCredentials {
  readonly endpoint: string;
  readonly secret: SecretReference;
  /** ISO time; AWS's tokens live one year. */
  readonly expiresAt: string;
}

/** What the tenant and AWS agree on. Grows while connect runs, so that nobody is asked twice for the same thing. */
export interface Connection {
  readonly serviceProvider?: ServiceProvider;
  /** Thumbprint of the signing certificate that was uploaded to AWS when the identity source was changed. */
  readonly identitySourceThumbprint?: string;
  readonly scim?: ScimCredentials;
  readonly instanceArn?: string;
  readonly identityStoreId?: string;
  readonly tenantId?: string;
  readonly application?: EnterpriseApplication;
  /** The provisioning job that brings users and groups. */
  readonly jobId?: string;
  /** ISO time at which the SAML signing certificate ends. */
  readonly certificateExpiresAt?: string;
  readonly portalUrl?: string;
  /** ISO time at which connect last went through to its end. */
  readonly connectedAt?: string;
}

const ID = "connection";

export async function readConnection(records: RecordStore): Promise<Connection> {
  return (await records.get<Connection>("connection", ID))?.value ?? {};
}

/**
 * Adds to the connection record; what is there and not named stays, unless it belongs to another instance.
 * @throws {FlowError} ConflictingOperation on a race
 */
export async function extendConnection(
  records: RecordStore,
  part: Connection & { readonly identityStoreId: string },
): Promise<Connection> {
  const stored = await records.get<Connection>("connection", ID);
  const sameInstance = stored?.value.identityStoreId === part.identityStoreId;
  const connection = { ...(sameInstance && stored.value), ...part };
  await records.put("connection", ID, connection, { ifRevision: stored?.revision ?? 0 });
  return connection;
}

/** Where people sign in (aws.md: access portal URL). */
export function portalUrl(identityStoreId: string): string {
  return `https://${identityStoreId}.awsapps.com/start`;
}
