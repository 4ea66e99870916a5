import { readConnection } from "@landbridge/core";
import { findFailure, type FlowFailure } from "../flows/failure.ts";
import type { FlowReport, StateReport } from "@landbridge/host/follow-execution";
import type { LocalHost } from "@landbridge/host/local-host";

/** The output of `landbridge demo --json`. Statuses are those of Step Functions; durations are simulated time. */
export interface DemoResult {
  readonly flows: readonly {
    readonly name: string;
    readonly status: string;
    readonly states: readonly StateReport[];
  }[];
  readonly assignments: {
    readonly desired: number;
    readonly created: number;
    readonly deleted: number;
    readonly failed: number;
  };
  readonly provisioned: { readonly users: number; readonly groups: number };
  /** Requests by service and operation that the sandbox answered. */
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly connection: {
    readonly portalUrl: string | null;
    readonly tenantId: string | null;
    readonly appId: string | null;
    readonly identityStoreId: string | null;
    readonly jobId: string | null;
    readonly scimEndpoint: string | null;
    readonly tokenExpiresAt: string | null;
    readonly certificateExpiresAt: string | null;
  };
  /** Only if a flow did not succeed. */
  readonly failure?: FlowFailure;
}

export async function makeDemoResult(host: LocalHost, reports: readonly FlowReport[]): Promise<DemoResult> {
  const connection = await readConnection(host.deps.records);
  const failure = findFailure(reports);
  return {
    flows: reports.map(({ name, status, states }) => ({ name, status, states })),
    assignments: assignmentCounts(reports),
    provisioned: {
      users: host.sandbox.users().filter((user) => user.attributes.externalId !== undefined).length,
      groups: host.sandbox.groups().filter((group) => group.attributes.externalId !== undefined).length,
    },
    calls: host.sandbox.calls.count(),
    connection: {
      portalUrl: connection.portalUrl ?? null,
      tenantId: connection.tenantId ?? null,
      appId: connection.application?.appId ?? null,
      identityStoreId: connection.identityStoreId ?? null,
      jobId: connection.jobId ?? null,
      scimEndpoint: connection.scim?.endpoint ?? null,
      tokenExpiresAt: connection.scim?.expiresAt ?? null,
      certificateExpiresAt: connection.certificateExpiresAt ?? null,
    },
    ...(failure && { failure }),
  };
}

function assignmentCounts(reports: readonly FlowReport[]): DemoResult["assignments"] {
  const output = reports.find(({ name }) => name === "sync-access")?.output as {
    assignments?: DemoResult["assignments"];
  } | null;
  return output?.assignments ?? { desired: 0, created: 0, deleted: 0, failed: 0 };
}
