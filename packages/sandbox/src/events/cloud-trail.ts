import { accessKeyIdOf } from "../aws-json/access-key.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { type Publish, TRAIL_MILLISECONDS } from "./service-event.ts";

/** Somebody who is signed in to the account, as CloudTrail reports it. */
export interface TrailIdentity {
  readonly accountId: string;
  readonly roleName: string;
  /** ARN of the session; absent: a session of any name. */
  readonly arn?: string;
}

interface TrailedCall {
  readonly source: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly region: string;
  readonly at: number;
  readonly userIdentity: object;
  readonly requestParameters: unknown;
  readonly responseElements: unknown;
  readonly errorCode?: string | undefined;
}

/** A management event that writes, in the envelope of EventBridge. */
export function trailEvent(call: TrailedCall) {
  const { source, eventSource, eventName, region, at, errorCode } = call;
  const { userIdentity, requestParameters, responseElements } = call;
  return {
    source,
    "detail-type": "AWS API Call via CloudTrail",
    region,
    detail: {
      eventVersion: "1.08",
      userIdentity,
      eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
      eventSource,
      eventName,
      awsRegion: region,
      requestParameters,
      responseElements,
      ...(errorCode !== undefined && { errorCode }),
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      eventCategory: "Management",
    },
  };
}

export function assumedRole({ accountId, roleName, arn }: TrailIdentity): object {
  return {
    type: "AssumedRole",
    arn: arn ?? `arn:aws:sts::${accountId}:assumed-role/${roleName}/session`,
    accountId,
    sessionContext: { sessionIssuer: { type: "Role", accountId, userName: roleName } },
  };
}

interface TrailedService {
  readonly source: string;
  readonly eventSource: string;
  readonly identityOf: (accessKeyId: string | null) => TrailIdentity;
  /** The reported calls; absent: all writes. */
  readonly calls?: readonly string[];
}

const READS = /^(List|Describe|Get|Is)/;

/** Reports every write of an AWS JSON service to the bus, as a trail does, including refused ones. */
export function trailed(
  kernel: Kernel,
  publish: Publish,
  { source, eventSource, identityOf, calls }: TrailedService,
): (service: Service) => Service {
  return (service) => ({
    async fetch(request) {
      const eventName = request.headers.get("x-amz-target")?.split(".").at(-1) ?? "";
      const isTold = calls?.includes(eventName) ?? (eventName !== "" && !READS.test(eventName));
      if (!isTold) return service.fetch(request);
      const at = kernel.clock.now();
      const userIdentity = assumedRole(identityOf(accessKeyIdOf(request)));
      const input = await request.clone().text();
      const response = await service.fetch(request);
      const output = (await response.clone().json()) as Record<string, unknown>;
      const errorCode = response.ok ? undefined : String(output["__type"]);
      publish(
        trailEvent({
          source,
          eventSource,
          eventName,
          region: kernel.region,
          at,
          userIdentity,
          requestParameters: lowerCamel(input === "" ? {} : JSON.parse(input)),
          responseElements: errorCode === undefined ? lowerCamel(output) : null,
          errorCode,
        }),
        TRAIL_MILLISECONDS,
      );
      return response;
    },
  });
}

/** CloudTrail has member names begin in lower case. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lowerCamel(member),
    ]),
  );
}
