import { type CertificateRotation, type Connection, readConnectionOf } from "../connect/connection.ts";
import { CERTIFICATE_DUE_DAYS, daysLeft } from "../connect/signing-certificates.ts";
import { FlowError } from "../errors.ts";
import type { Instance } from "../model/instance.ts";
import type {
  EnterpriseApplication,
  ServicePrincipalState,
  SigningCertificate,
} from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import { takeLease } from "../rotate-token/lease.ts";

export interface CertificateRequest {
  /** Rotate although the certificate is not due. */
  readonly force: boolean;
  readonly executionArn: string;
}

/** The input of the later states. */
export interface ConnectedApplication {
  readonly instance: Instance;
  readonly application: EnterpriseApplication;
  readonly tenantId: string;
}

/** What has to be done: `next` is the branch that the flow takes. */
export type CertificateInspection =
  /** Another execution rotates already. */
  | { readonly next: "leave"; readonly executionArn: string }
  | { readonly next: "nothing"; readonly daysLeft: number; readonly expiresAt: string }
  /** Only the old certificate in AWS remains to be deleted, after an earlier run. */
  | { readonly next: "remove-old"; readonly connected: ConnectedApplication; readonly rotation: OldInAws }
  | { readonly next: "rotate"; readonly connected: ConnectedApplication; readonly why: RotationReason };

type RotationReason = "unfinished" | "forced" | "inactive" | "due";

interface OldInAws {
  readonly from: string;
  readonly to: string;
  /** ISO time at which the new one ends. */
  readonly expiresAt: string;
}

/**
 * Inspects the signing certificate and decides what to do: it is due 60 days before it expires. Takes the rotation's lock,
 * whose holder may wait for weeks.
 * @throws {FlowError} NotConnected, ConflictingOperation when another execution starts at the same moment
 */
export async function inspectCertificate(
  { force, executionArn }: CertificateRequest,
  ports: Pick<Ports, "identityCenter" | "records" | "applications" | "executions" | "clock">,
): Promise<CertificateInspection> {
  const { heldBy } = await takeLease({ flow: "rotate-certificate", executionArn }, ports);
  if (heldBy !== null) return { next: "leave", executionArn: heldBy };
  const instance = await ports.identityCenter.readInstance();
  const connection = await readConnectionOf(ports.records, instance.identityStoreId);
  const connected = { instance, ...whatIsConnected(connection, instance) };
  const state = await ports.applications.read(connected.application);

  const rotation = connection.certificateRotation ?? null;
  const next = find(state, rotation?.to);
  if (rotation && rotation.stage === "recorded" && rotation.from !== null && next && !force) {
    const { from, to } = rotation;
    return { next: "remove-old", connected, rotation: { from, to, expiresAt: next.expiresAt } };
  }
  const active = find(state, state.activeThumbprint);
  const left = active ? daysLeft(active, ports.clock.now()) : null;
  const why = reasonFor({ rotation: next ? rotation : null, force, left });
  if (why === null && active && left !== null)
    return { next: "nothing", daysLeft: left, expiresAt: active.expiresAt };
  return { next: "rotate", connected, why: why ?? "inactive" };
}

function whatIsConnected(
  { application, tenantId }: Connection,
  { instanceArn }: Instance,
): Pick<ConnectedApplication, "application" | "tenantId"> {
  if (application && tenantId) return { application, tenantId };
  throw new FlowError("NotConnected", `Nothing is recorded as connected to the instance ${instanceArn}`);
}

function find(
  { certificates }: ServicePrincipalState,
  wanted: string | null | undefined,
): SigningCertificate | undefined {
  return certificates.find(({ thumbprint }) => thumbprint === wanted);
}

interface Circumstances {
  /** A rotation that has started and whose new certificate is still in Entra. */
  readonly rotation: CertificateRotation | null;
  readonly force: boolean;
  /** Days left of the active certificate; null when none is active. */
  readonly left: number | null;
}

function reasonFor({ rotation, force, left }: Circumstances): RotationReason | null {
  if (rotation !== null && rotation.stage !== "recorded") return "unfinished";
  if (force) return "forced";
  if (left === null) return "inactive";
  return left < CERTIFICATE_DUE_DAYS ? "due" : null;
}
