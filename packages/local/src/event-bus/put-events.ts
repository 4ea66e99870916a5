import { ApiError } from "../aws-api/api-error.ts";

/** Member names are those of PutEvents. */
export interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  /** JSON text of an object. */
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly Time?: number;
  readonly EventBusName?: string;
}

export type EntryResult = { readonly EventId: string } | EntryRefusal;

export interface EntryRefusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** The API model says 256 KB, a newer page of the user guide 1 MB: what fits here fits there. */
const LARGEST_REQUEST_BYTES = 262_144;

/** @throws {ApiError} ValidationException */
export function checkRequestSize(entries: readonly PutEventsEntry[]): void {
  const total = entries.map(sizeOf).reduce((sum, size) => sum + size, 0);
  if (total <= LARGEST_REQUEST_BYTES) return;
  throw new ApiError("ValidationException", "Total size of the entries in the request is over the limit.");
}

/** Bytes that an entry counts [EventBridge user guide, "Calculating PutEvents event entry size"]. */
function sizeOf({ Time, Source = "", DetailType = "", Detail = "", Resources = [] }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** The problem of one entry, by the codes of PutEventsResultEntry; the others of its request are not affected. */
export function refuseEntry(entry: PutEventsEntry, isDefaultBus: boolean): EntryRefusal | null {
  for (const name of ["Source", "DetailType", "Detail"] as const) {
    if (!entry[name])
      return invalid(`Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (!isDefaultBus)
    return invalid(`Event bus ${entry.EventBusName} is not the default bus, and no other exists here.`);
  if (entry.Source?.startsWith("aws.")) {
    return {
      ErrorCode: "NotAuthorizedForSourceException",
      ErrorMessage: `Not authorized for the source ${entry.Source}.`,
    };
  }
  if (readDetail(entry.Detail ?? "")) return null;
  return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
}

/** @returns null when it is no JSON object */
export function readDetail(detail: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(detail);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function invalid(ErrorMessage: string): EntryRefusal {
  return { ErrorCode: "InvalidArgument", ErrorMessage };
}
