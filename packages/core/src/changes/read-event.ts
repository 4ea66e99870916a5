import * as z from "zod";
import { FlowError } from "../errors.ts";
import { CloudTrailDetail, changeOf, textAt } from "./cloud-trail-event.ts";
import { readGraphEvent } from "./graph-event.ts";
import { GRAPH_EVENT } from "./graph-event-type.ts";
import { NOTHING, policyOrAll, type Reading } from "./hint.ts";
import { readControlTowerEvent, readOrganizationsEvent } from "./read-account-event.ts";
import { readIdentityCenterCall } from "./read-identity-center-call.ts";
import { readDirectoryCall, readNativeEvent, readScimEvent } from "./read-identity-store-event.ts";

/** The members of every EventBridge event; others are ignored. */
const Envelope = z.looseObject({
  source: z.string(),
  "detail-type": z.string(),
  resources: z.array(z.string()).catch([]),
  detail: z.unknown(),
});
type Envelope = z.infer<typeof Envelope>;

const HealthDetail = z.looseObject({
  service: z.string(),
  eventTypeCode: z.string(),
  /** "true" on the copy that goes to the backup region. */
  backupEvent: z.string().nullish(),
});
/**
 * Detail of `Object Created` (S3 User Guide, "EventBridge event message structure"); the version is present if the
 * bucket keeps versions.
 */
const ObjectDetail = z.looseObject({
  object: z.looseObject({ key: z.string(), "version-id": z.string().nullish() }),
});

/** Calls and service events that CloudTrail delivers, by `detail.eventSource`: the bus's `source` is not documented for all. */
const READERS: Readonly<Record<string, (detail: CloudTrailDetail) => Reading | null>> = {
  "identitystore-scim.amazonaws.com": readScimEvent,
  "identitystore.amazonaws.com": readDirectoryCall,
  "sso-directory.amazonaws.com": readDirectoryCall,
  "sso.amazonaws.com": readIdentityCenterCall,
  "organizations.amazonaws.com": readOrganizationsEvent,
  "controltower.amazonaws.com": readControlTowerEvent,
  "states.amazonaws.com": readExecutionCall,
};

/**
 * Reads what an event says may have changed. It reads only what it needs and ignores the rest, since most of these shapes are
 * not published in full.
 * @throws {FlowError} EventNotUnderstood
 */
export function readEvent(event: unknown, { policyKey }: { readonly policyKey: string }): Reading {
  const envelope = Envelope.safeParse(event);
  if (!envelope.success) throw notUnderstood("no event of EventBridge", envelope.error);
  const { source, "detail-type": detailType } = envelope.data;
  try {
    const reading = read(envelope.data, policyKey);
    if (reading !== null) return reading;
  } catch (error) {
    if (error instanceof z.ZodError) throw notUnderstood(`${source}, ${detailType}`, error);
    throw error;
  }
  throw new FlowError("EventNotUnderstood", `Landbridge does not know the event ${describe(envelope.data)}`);
}

/** Null for unknown events. */
function read({ source, "detail-type": detailType, resources, detail }: Envelope, policyKey: string) {
  if (source === GRAPH_EVENT.source && detailType === GRAPH_EVENT.detailType) return readGraphEvent(detail);
  if (source === "aws.s3" && detailType === "Object Created") {
    const { object } = ObjectDetail.parse(detail);
    return object.key === policyKey ? policyOrAll(object["version-id"]) : NOTHING;
  }
  if (source === "aws.health" && detailType === "AWS Health Event") return readHealthEvent(detail);
  if (/^AWS (API Call|Service Event|Console Action) via CloudTrail$/.test(detailType)) {
    return readCloudTrailEvent(CloudTrailDetail.parse(detail));
  }
  return source === "aws.identitystore" ? readNativeEvent(detailType, resources) : null;
}

function readCloudTrailEvent(detail: CloudTrailDetail): Reading | null {
  // Refused calls and reads change nothing.
  if (detail.errorCode || detail.readOnly === true) return NOTHING;
  return READERS[detail.eventSource]?.(detail) ?? null;
}

/** StartExecution (Step Functions developer guide, "Recording API calls with CloudTrail"). Null for any other call. */
function readExecutionCall(detail: CloudTrailDetail): Reading | null {
  const executionArn = textAt(detail.responseElements, "executionArn");
  if (detail.eventName !== "StartExecution" || executionArn === null) return null;
  const { roleName } = changeOf(detail);
  return { ...NOTHING, start: { executionArn, identity: detail.userIdentity?.arn ?? null, roleName } };
}

/** Texts and dates in it are not published: only that it came counts. */
function readHealthEvent(detail: unknown): Reading | null {
  const { service, eventTypeCode, backupEvent } = HealthDetail.parse(detail);
  if (backupEvent === "true") return NOTHING;
  const announces = service === "IAMIDENTITYCENTER" && eventTypeCode.includes("SCIM_BEARER_TOKEN_EXPIRY");
  return announces ? { ...NOTHING, scimTokenExpiry: eventTypeCode } : null;
}

function describe({ source, "detail-type": detailType, detail }: Envelope): string {
  const call = CloudTrailDetail.safeParse(detail);
  return `${source}, ${detailType}${call.success ? `, ${call.data.eventSource} ${call.data.eventName}` : ""}`;
}

function notUnderstood(what: string, error: z.ZodError): FlowError {
  return new FlowError("EventNotUnderstood", `${what}: ${z.prettifyError(error)}`, { cause: error });
}
