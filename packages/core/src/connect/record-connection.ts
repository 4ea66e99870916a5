import type { Instance } from "../model/instance.ts";
import type { EnterpriseApplication, SigningCertificate } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import { type Connection, extendConnection, portalUrl } from "./connection.ts";

export interface RecordConnectionInput {
  readonly instance: Instance;
  readonly tenantId: string;
  readonly application: EnterpriseApplication;
  readonly certificate: Pick<SigningCertificate, "expiresAt">;
  readonly jobId: string;
}

/** Completes the connection record: what rotation, watch and sync-access later start from. */
export async function recordConnection(
  { instance, tenantId, application, certificate, jobId }: RecordConnectionInput,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<Connection> {
  return extendConnection(records, {
    instanceArn: instance.instanceArn,
    identityStoreId: instance.identityStoreId,
    tenantId,
    application,
    jobId,
    certificateExpiresAt: certificate.expiresAt,
    portalUrl: portalUrl(instance.identityStoreId),
    connectedAt: new Date(clock.now()).toISOString(),
  });
}
