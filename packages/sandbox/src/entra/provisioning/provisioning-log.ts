import type { JsonObject } from "../odata.ts";
import { type EntraState, isoNow } from "../state.ts";
import type { Outcome } from "./outcome.ts";
import { provisioningSteps } from "./provisioning-steps.ts";

interface LoggedBy {
  readonly jobId: string;
  readonly cycleId: string;
  readonly servicePrincipalId: string;
}

/** One `provisioningObjectSummary`. */
export interface LogEntry extends LoggedBy {
  readonly id: string;
  readonly changeId: string;
  /** ISO time. */
  readonly at: string;
  readonly outcome: Outcome;
}

/** With a P1 or P2 licence ("Microsoft Entra data retention"). */
const RETENTION_MILLISECONDS = 30 * 86_400_000;
/** The sandbox's own limit. */
const MOST_ENTRIES = 20_000;

export class ProvisioningLog {
  readonly #state: EntraState;
  #entries: LogEntry[] = [];

  constructor(state: EntraState) {
    this.#state = state;
  }

  add(by: LoggedBy, outcome: Outcome): LogEntry {
    const { random } = this.#state.kernel;
    const entry = { ...by, id: random.uuid(), changeId: random.uuid(), at: isoNow(this.#state), outcome };
    this.#entries.push(entry);
    // Seldom, and many at once: to drop the first of a long list costs as much as the list is long.
    if (this.#entries.length > 2 * MOST_ENTRIES) this.#entries = this.#entries.slice(-MOST_ENTRIES);
    return entry;
  }

  /** Newest first. */
  entries(): LogEntry[] {
    const oldest = new Date(this.#state.kernel.clock.now() - RETENTION_MILLISECONDS).toISOString();
    const first = this.#entries.findIndex(({ at }) => at > oldest);
    return first === -1
      ? []
      : this.#entries.slice(Math.max(first, this.#entries.length - MOST_ENTRIES)).toReversed();
  }
}

export function logEntryView(state: EntraState, entry: LogEntry): JsonObject {
  const { outcome, servicePrincipalId } = entry;
  const { objectId, displayName, type, action, status, targetId, changes } = outcome;
  const application = state.servicePrincipals.get(servicePrincipalId)?.displayName ?? null;
  return {
    id: entry.id,
    activityDateTime: entry.at,
    tenantId: state.tenant.id,
    jobId: entry.jobId,
    cycleId: entry.cycleId,
    changeId: entry.changeId,
    provisioningAction: action,
    // What happens in the sandbox at one moment takes no time.
    durationInMilliseconds: 0,
    provisioningStatusInfo: { status, errorInformation: errorInformation(outcome) },
    // Members of `details` are in no published schema.
    provisioningSteps: provisioningSteps(outcome, application ?? "").map((step) => ({
      ...step,
      details: {},
    })),
    modifiedProperties: changes,
    servicePrincipal: { id: servicePrincipalId, displayName: application },
    initiatedBy: { id: "", displayName: "Azure AD Provisioning Service", initiatorType: "system" },
    sourceSystem: { id: state.tenant.id, displayName: "Azure Active Directory", details: {} },
    targetSystem: { id: servicePrincipalId, displayName: application, details: {} },
    sourceIdentity: { id: objectId, displayName, identityType: type, details: {} },
    targetIdentity: { id: targetId ?? "", displayName: "", identityType: type, details: {} },
  };
}

function errorInformation({ error }: Outcome): JsonObject | null {
  if (!error) return null;
  const { code, reason } = error;
  return {
    errorCode: code,
    reason,
    additionalDetails: null,
    errorCategory: "nonServiceFailure",
    recommendedAction: null,
  };
}
