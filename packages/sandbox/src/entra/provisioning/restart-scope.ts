/** What a restart resets ("synchronizationJobRestartCriteria"). */
export interface RestartScope {
  /** Everything is processed again, in the target too; links stay. */
  readonly watermark: boolean;
  /** Failures of the past are not retried, and do not count towards a quarantine. */
  readonly escrows: boolean;
  readonly quarantine: boolean;
  /** Links between directory and target objects are broken. */
  readonly connectorDataStore: boolean;
  /** The next cycle deletes what accidental-deletion prevention holds back. */
  readonly forceDeletes: boolean;
}

const NAMES = [
  "None",
  "ConnectorDataStore",
  "Escrows",
  "Watermark",
  "QuarantineState",
  "Full",
  "ForceDeletes",
];

/**
 * Reads `resetScope`; empty is what the portal's "Restart provisioning" does.
 * @returns the name that is none of them, as a text
 */
export function parseRestartScope(resetScope: string): RestartScope | string {
  const names = resetScope.split(",").flatMap((name) => name.trim() || []);
  const foreign = names.find((name) => !NAMES.includes(name));
  if (foreign !== undefined) return foreign;
  const has = (name: string) => names.includes(name);
  // `None` alone starts a job that is paused or in quarantine, and resets nothing else.
  const isNone = names.length > 0 && names.every((name) => name === "None");
  const isFull = has("Full");
  const isEmpty = names.length === 0;
  return {
    watermark: isEmpty || isFull || has("Watermark"),
    escrows: isEmpty || isFull || has("Escrows"),
    quarantine: isEmpty || isFull || isNone || has("QuarantineState"),
    connectorDataStore: isFull || has("ConnectorDataStore"),
    forceDeletes: has("ForceDeletes"),
  };
}
