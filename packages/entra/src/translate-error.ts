import { ERRORS, type ErrorName, FlowError } from "@landbridge/core";
import type { GraphError } from "@microsoft/microsoft-graph-client";
import type { GraphCall } from "./graph-call.ts";
import { describePermission } from "./permissions.ts";

/** Landbridge's own registration in Entra, to be named in errors. */
export interface AppRegistration {
  readonly tenantId: string;
  readonly clientId: string;
}

/** A request that never got an answer: the Graph client reports -1 and the error's name as code. */
const NO_ANSWER = new Set(["TypeError", "AbortError", "TimeoutError"]);

/** Translates a refused call for a flow; returns an unknown error unchanged. */
export function translateError(error: GraphError, call: GraphCall, app: AppRegistration): Error {
  const { statusCode, code } = error;
  if (statusCode === -1) return translateUnsent(error, call);
  const said = describeRefusal(error, call.operation);
  if (statusCode === 429) return new FlowError("Throttled", said, retryAfter(error));
  if (statusCode >= 500) return new FlowError("ServiceUnavailable", said, retryAfter(error));
  if (
    (statusCode === 400 || statusCode === 403) &&
    /NonPremiumTenant|licen[cs]e/i.test(`${code} ${error.message}`)
  ) {
    return new FlowError("LicenceMissing", said);
  }
  if (statusCode === 401 || statusCode === 403) {
    const need = describePermission(call.permission);
    return new FlowError("ConsentMissing", `${said}. App registration ${app.clientId} needs ${need}`);
  }
  if (statusCode === 404) return new FlowError(call.whenNotFound ?? "NotPropagatedYet", said);
  if (statusCode === 410) return new FlowError("IncompleteRead", said);
  // Entra accepts a foreign identifier once SAML mode, set a moment before, has reached all of it.
  if (/HostNameNotOnVerifiedDomain/i.test(`${code} ${error.message}`)) {
    return new FlowError("NotPropagatedYet", said);
  }
  if (saysAlreadyExists(error)) return new FlowError("ConflictingOperation", said);
  if (statusCode < 300)
    return new FlowError("IncompleteRead", `The answer to "${call.operation}" was cut off`);
  return error;
}

function translateUnsent(error: GraphError, call: GraphCall): Error {
  const code = error.code ?? "";
  // The Graph client rewraps what the credential throws and keeps its name.
  if (Object.hasOwn(ERRORS, code)) return new FlowError(code as ErrorName, error.message);
  if (NO_ANSWER.has(code)) {
    return new FlowError("ServiceUnavailable", `No answer to "${call.operation}": ${error.message}`);
  }
  return error;
}

/** Operation, status, Graph's code and message, and the request id that Microsoft's support asks for. */
export function describeRefusal(error: GraphError, operation: string): string {
  const { statusCode, code, message, requestId } = error;
  const request = requestId ? ` (request ${requestId})` : "";
  return `Microsoft Graph refused "${operation}" with ${statusCode}: ${[code, message].filter(Boolean).join(": ")}${request}`;
}

function saysAlreadyExists({ statusCode, message }: GraphError): boolean {
  return statusCode === 409 || (statusCode === 400 && /already exist/i.test(message));
}

function retryAfter({ headers }: GraphError): { retryAfterSeconds?: number } {
  const seconds = Number(headers?.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
}
