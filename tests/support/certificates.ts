import type { Connection, EnterpriseApplication } from "@landbridge/core";
import { readConnection } from "@landbridge/core";
import { awsConsole } from "@landbridge/host/scripted-operator";
import type { Layer } from "@landbridge/sandbox";
import { expect } from "vitest";
import type { FlowHost } from "./flow-host.ts";

const PERSON = "ada@small.example";

/** The access portal's error for somebody who signs in now; null: it works. */
export function signInRefusal({ sandbox }: FlowHost): string | null {
  try {
    sandbox.console.signIn(PERSON);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Thumbprints in Entra and in AWS, and the active one. */
export function certificatesOf({ sandbox }: FlowHost) {
  const [application] = sandbox.entra.applications();
  const principal = application?.servicePrincipal;
  return {
    entra: (principal?.certificates ?? []).map(({ certificate }) => certificate.thumbprint),
    active: principal?.preferredTokenSigningKeyThumbprint ?? null,
    aws: sandbox.console.listCertificates().map(({ thumbprint }) => thumbprint),
  };
}

/** Everybody has the same one certificate, and no rotation is unfinished. */
export async function expectOneCertificate(host: FlowHost): Promise<string> {
  const { entra, active, aws } = certificatesOf(host);
  const connection: Connection = await readConnection(host.deps.records);
  expect({
    entra,
    aws,
    recorded: connection.identitySourceThumbprint,
    rotation: connection.certificateRotation ?? null,
    refusal: signInRefusal(host),
  }).toEqual({ entra: [active], aws: [active], recorded: active, rotation: null, refusal: null });
  return active ?? "";
}

/** Notes every instant at which people cannot sign in, looking after each request that anybody makes. */
export function watchSignIn() {
  const gaps: string[] = [];
  let watched: FlowHost | null = null;
  const layer: Layer = (service, inner) => ({
    async fetch(request) {
      const response = await inner.fetch(request);
      const refusal = watched && signInRefusal(watched);
      if (refusal !== null)
        gaps.push(`${service} ${request.method} ${new URL(request.url).pathname}: ${refusal}`);
      return response;
    },
  });
  return {
    layer,
    gaps,
    /** From when people can sign in; null: no longer. */
    watch(host: FlowHost | null) {
      watched = host;
    },
  };
}

/** A certificate in use that expires in this many days, as if years had passed: active in Entra, and known to AWS and us. */
export async function useCertificateOf(
  days: number,
  host: FlowHost,
  application: EnterpriseApplication,
): Promise<string> {
  const { applications, clock } = host.deps;
  const expiresAt = new Date(clock.now() + days * 86_400_000).toISOString();
  const { thumbprint } = await applications.addSigningCertificate(application, {
    commonName: "old",
    expiresAt,
  });
  await importInAws(host, application, thumbprint);
  await applications.activateSigningCertificate(application, thumbprint);
  for (const other of certificatesOf(host).entra.filter((one) => one !== thumbprint)) {
    await applications.removeSigningCertificate(application, other);
    host.sandbox.console.deleteCertificate(other);
  }
  return thumbprint;
}

async function importInAws(
  host: FlowHost,
  application: EnterpriseApplication,
  thumbprint: string,
): Promise<void> {
  const certificate = await host.deps.applications.readSigningCertificate(application, thumbprint);
  await awsConsole(host).submit("identity-source/certificates", { certificate });
}
