import * as z from "zod";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { RecordStore } from "../ports/record-store.ts";
import type { SecretReference } from "../ports/secret-store.ts";
import { defineRecord } from "../records/define-record.ts";

/** The contents of AWS's SAML metadata file: where Entra sends people (`acs`) and for which service (`entityId`). */
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

/** The progress of a rotation; `recorded`: only AWS still has the old certificate. */
export interface CertificateRotation {
  /** Thumbprint of the certificate to be replaced; null when none was active. */
  readonly from: string | null;
  readonly to: string;
  readonly stage: "created" | "uploaded" | "recorded";
}

/** What the tenant and AWS agree on. It grows while connect runs, so that nobody is asked twice for the same thing. */
export interface Connection {
  readonly serviceProvider?: ServiceProvider;
  /** Thumbprint of the signing certificate that was uploaded to AWS when the identity source was changed. */
  readonly identitySourceThumbprint?: string;
  readonly scim?: ScimCredentials;
  /** A token that rotation was given and that is not in use yet. */
  readonly nextScim?: ScimCredentials | null;
  /** The token that was in use before, until AWS is seen to refuse it. */
  readonly formerScim?: ScimCredentials | null;
  readonly instanceArn?: string;
  readonly identityStoreId?: string;
  readonly tenantId?: string;
  readonly application?: EnterpriseApplication;
  /** ISO time of the last request to Entra to create the application, unless it was refused. */
  readonly applicationRequestedAt?: string | null;
  /** The job that provisions users and groups. */
  readonly jobId?: string;
  /** ISO time at which the SAML signing certificate ends. */
  readonly certificateExpiresAt?: string;
  /** The rotation of the signing certificate that has begun and not ended. */
  readonly certificateRotation?: CertificateRotation | null;
  readonly portalUrl?: string;
  /** ISO time at which connect last went through to its end. */
  readonly connectedAt?: string;
}

const ID = "connection";

/** A token in a record: a reference to its secret, and the ISO time at which it expires. */
export const StoredToken = z.object({
  secret: z.object({ name: z.string(), versionId: z.string() }),
  expiresAt: z.iso.datetime({ offset: true }),
});

const Scim = StoredToken.extend({ endpoint: z.string() });

export const CONNECTIONS = defineRecord<Connection>({
  kind: "connection",
  version: 1,
  schema: z.object({
    serviceProvider: z
      .object({ entityId: z.string(), replyUrls: z.array(z.string()).readonly() })
      .exactOptional(),
    identitySourceThumbprint: z.string().exactOptional(),
    scim: Scim.exactOptional(),
    nextScim: Scim.nullable().exactOptional(),
    formerScim: Scim.nullable().exactOptional(),
    instanceArn: z.string().exactOptional(),
    identityStoreId: z.string().exactOptional(),
    tenantId: z.string().exactOptional(),
    application: z
      .object({
        applicationObjectId: z.string(),
        appId: z.string(),
        servicePrincipalId: z.string(),
        displayName: z.string(),
        templateId: z.string().nullable(),
      })
      .exactOptional(),
    applicationRequestedAt: z.iso.datetime().nullable().exactOptional(),
    jobId: z.string().exactOptional(),
    certificateExpiresAt: z.iso.datetime({ offset: true }).exactOptional(),
    certificateRotation: z
      .object({
        from: z.string().nullable(),
        to: z.string(),
        stage: z.enum(["created", "uploaded", "recorded"]),
      })
      .nullable()
      .exactOptional(),
    portalUrl: z.string().exactOptional(),
    connectedAt: z.iso.datetime().exactOptional(),
  }),
});

/** @throws {FlowError} RecordTooNew, StoredRecordInvalid */
export async function readConnection(records: RecordStore): Promise<Connection> {
  return (await CONNECTIONS.get(records, ID))?.value ?? {};
}

/**
 * Adds to the connection record; what is there and not named stays, unless it belongs to another instance.
 * @param part what to add, or a function that decides on the strength of what is there, and may refuse by throwing
 * @throws {FlowError} ConflictingOperation on a race
 */
export async function extendConnection(
  records: RecordStore,
  part:
    | OfInstance
    | { readonly identityStoreId: string; readonly decide: (current: Connection) => Connection },
): Promise<Connection> {
  const { identityStoreId } = part;
  const stored = await CONNECTIONS.get(records, ID);
  const current = stored?.value.identityStoreId === identityStoreId ? stored.value : {};
  const connection = { ...current, ...("decide" in part ? part.decide(current) : part), identityStoreId };
  await CONNECTIONS.put(records, ID, connection, { ifRevision: stored?.revision ?? 0 });
  return connection;
}

type OfInstance = Connection & { readonly identityStoreId: string };

/** The connection record of that instance; empty if there is none, or only one of another instance. */
export async function readConnectionOf(records: RecordStore, identityStoreId: string): Promise<Connection> {
  const connection = await readConnection(records);
  return connection.identityStoreId === identityStoreId ? connection : {};
}

/** Where people sign in (IAM Identity Center: AWS access portal URL). */
export function portalUrl(identityStoreId: string): string {
  return `https://${identityStoreId}.awsapps.com/start`;
}
