import { GRAPH } from "../odata.ts";
import type { Outcome, ProvisioningAction } from "./outcome.ts";
import { TARGETS } from "./object-type.ts";
import type { ProvisioningJob } from "./provisioning-job.ts";
import type { LogEntry } from "./provisioning-log.ts";
import { provisioningSteps } from "./provisioning-steps.ts";

const RESULTS = { success: "Success", failure: "Failure", skipped: "Skipped" } as const;

const ACTIONS = {
  create: "Create",
  update: "Update",
  disable: "Disable",
  delete: "Delete",
  stagedDelete: "StagedDelete",
  other: "Other",
} as const satisfies Record<ProvisioningAction, string>;

interface Answered {
  readonly subject: LogEntry;
  readonly members: readonly LogEntry[];
  /** ISO time. */
  readonly startTime: string;
}

/** A `stringKeyStringValuePair` whose key and value are themselves JSON, as the page's sample shows them. */
export function onDemandAnswer(
  { servicePrincipal }: ProvisioningJob,
  { subject, members, startTime }: Answered,
): Record<string, string> {
  const application = servicePrincipal.displayName;
  const describe = ({ changeId, at, outcome }: LogEntry) => {
    const { objectId, displayName, type, targetId, error } = outcome;
    const steps = provisioningSteps(outcome, application).map(
      ({ provisioningStepType, status, ...step }) => ({
        ...step,
        type: capitalized(provisioningStepType),
        status: RESULTS[status],
        timestamp: at,
      }),
    );
    return {
      action: ACTIONS[outcome.action],
      changeId,
      startTime,
      endTime: at,
      modifiedProperties: outcome.changes,
      provisioningSteps: steps,
      reportableIdentifier: displayName,
      statusInfo: {
        status: RESULTS[outcome.status],
        errorCode: error?.code ?? null,
        reason: error?.reason ?? null,
        additionalDetails: null,
        errorCategory: error ? "NonServiceFailure" : null,
        recommendedAction: null,
      },
      sourceIdentity: { id: objectId, type, displayName, details: null },
      sourceSystem: { id: null, name: "Azure Active Directory", details: null },
      targetIdentity: {
        id: targetId ?? "",
        type: TARGETS[type].schemas.at(-1),
        displayName: null,
        details: null,
      },
      targetSystem: { id: null, name: application, details: null },
    };
  };
  const { status } = subject.outcome;
  return {
    "@odata.context": `${GRAPH}/$metadata#microsoft.graph.stringKeyStringValuePair`,
    key: JSON.stringify({ result: RESULTS[status], details: detailsOf(subject.outcome) }),
    value: JSON.stringify({ ...describe(subject), members: members.map(describe) }),
  };
}

function detailsOf({ status, type, error }: Outcome): Record<string, string> {
  if (status === "success") return {};
  const same = `The state of the ${type.toLowerCase()} in both the source and target systems already match.`;
  return { errorCode: error?.code ?? "RedundantExport", errorMessage: error?.reason ?? same };
}

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
