import { FlowError } from "@landbridge/core";
import type { AppRegistration } from "./translate-error.ts";

/** The token endpoint's refusal; `error_description` begins with Entra's AADSTS code. */
interface Refusal {
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** Translates a refused sign-in for a flow. */
export function translateTokenError(
  status: number,
  { error, error_description: description }: Refusal,
  { tenantId, clientId }: AppRegistration,
): FlowError {
  const text = [error, description].filter((part) => typeof part === "string").join(": ");
  const said = `App registration ${clientId} cannot sign in to tenant ${tenantId}: ${firstLine(text) || `status ${status}`}`;
  // Workload identity federation, considerations: a new federated credential takes minutes to be seen.
  if (/AADSTS70021[123]?\b/.test(text)) {
    return new FlowError(
      "NotPropagatedYet",
      `${said}. If this persists, compare issuer, subject and audience of its federated credential`,
    );
  }
  if (status === 429) return new FlowError("Throttled", said);
  if (status >= 500 || /AADSTS9003[36]\b|temporarily_unavailable/.test(text)) {
    return new FlowError("ServiceUnavailable", said);
  }
  if (/AADSTS\d+|invalid_client|unauthorized_client/.test(text)) {
    return new FlowError("ConsentMissing", `${said}. Check its client id, tenant and secret or certificate`);
  }
  return new FlowError("ServiceUnavailable", said);
}

/** Entra appends trace and correlation ids and a time stamp. */
function firstLine(text: string): string {
  const aadsts = /AADSTS\d+:[^\r\n]*?(?= Trace ID| - Correlation ID|[\r\n]|$)/.exec(text)?.[0];
  return (aadsts ?? text.split(/[\r\n]/, 1)[0] ?? "").slice(0, 400);
}
