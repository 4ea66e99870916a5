import type { Outcome, ProvisioningAction } from "./outcome.ts";

export interface ProvisioningStep {
  readonly name: string;
  readonly provisioningStepType: "import" | "scoping" | "matching" | "export";
  readonly status: Outcome["status"];
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

/** Endings of the steps' names, as in the samples of "List provisioningObjectSummary". */
const KINDS = {
  create: "Add",
  update: "Update",
  disable: "Update",
  delete: "Delete",
  stagedDelete: "Delete",
  other: "",
} as const satisfies Record<ProvisioningAction, string>;

/** The steps in which an object was processed; the last gives the result. */
export function provisioningSteps(outcome: Outcome, application: string): ProvisioningStep[] {
  const { type, displayName, action, status, error, targetId } = outcome;
  const object = `${type} '${displayName}'`;
  const name =
    action === "other" && status === "skipped" ? "EntrySynchronizationSkip" : `EntryExport${KINDS[action]}`;
  const done = `${object} was exported to ${application}`;
  const same = `The state of the ${type.toLowerCase()} in both the source and target systems already match.`;
  const steps: ProvisioningStep[] = [
    step("EntryImport", "import", `Retrieved ${object} from Azure Active Directory`),
    step(
      "EntrySynchronizationScoping",
      "scoping",
      `Determine if ${type} in scope by evaluating against each scoping filter`,
    ),
  ];
  if (targetId !== null && action !== "create") {
    steps.push(step("EntryImport", "matching", `Retrieved ${object} from ${application}`));
  }
  const details: Record<string, string> =
    name === "EntrySynchronizationSkip"
      ? { SkipReason: error?.code ?? "RedundantExport" }
      : { ReportableIdentifier: displayName };
  const description = error?.reason ?? (status === "skipped" ? same : done);
  return [...steps, { name, provisioningStepType: "export", status, description, details }];
}

function step(
  name: string,
  provisioningStepType: ProvisioningStep["provisioningStepType"],
  description: string,
): ProvisioningStep {
  return { name, provisioningStepType, status: "success", description, details: {} };
}
