import { GraphRefusal, errorResponse as graphError, throttled as graphThrottled } from "../entra/errors.ts";
import { StsError } from "../sts/errors.ts";
import { errorResponse as stsError } from "../sts/routes.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { ScimError, errorResponse as scimError, throttled as scimThrottled } from "../scim/errors.ts";

/** How a service refuses for lack of capacity, and how it fails. */
interface Refusals {
  readonly throttled: (kernel: Kernel) => Response;
  readonly failed: (kernel: Kernel) => Response;
}

const MESSAGE = { throttled: "Rate exceeded", failed: "An internal error occurred." };

/** Names as the service's model declares them; if it declares none, AWS's common errors. */
const AWS_ERRORS: Readonly<Record<string, { throttled: string; failed: string; throttledStatus?: number }>> =
  {
    "sso-admin": { throttled: "ThrottlingException", failed: "InternalServerException" },
    identitystore: { throttled: "ThrottlingException", failed: "InternalServerException" },
    organizations: { throttled: "TooManyRequestsException", failed: "ServiceException" },
    secretsmanager: { throttled: "ThrottlingException", failed: "InternalServiceError" },
    dynamodb: { throttled: "ThrottlingException", failed: "InternalServerError" },
    states: { throttled: "ThrottlingException", failed: "InternalFailure" },
    events: { throttled: "ThrottlingException", failed: "InternalException" },
    scheduler: { throttled: "ThrottlingException", throttledStatus: 429, failed: "InternalServerException" },
    lambda: { throttled: "TooManyRequestsException", throttledStatus: 429, failed: "ServiceException" },
  };

/** The refusals of the service mounted at the segment; null where the sandbox does not know how it refuses. */
export function refusalsOf(service: string): Refusals | null {
  const names = AWS_ERRORS[service];
  if (names !== undefined) {
    return {
      throttled: () => awsRefusal(names.throttledStatus ?? 400, names.throttled, MESSAGE.throttled),
      failed: () => awsRefusal(500, names.failed, MESSAGE.failed),
    };
  }
  switch (service) {
    case "s3":
      return {
        throttled: () => s3Refusal("SlowDown", 503, "Please reduce your request rate."),
        failed: () => s3Refusal("InternalError", 500, "We encountered an internal error. Please try again."),
      };
    case "sts":
      return {
        throttled: ({ random }) =>
          stsError(new StsError(400, "Throttling", MESSAGE.throttled), random.uuid()),
        failed: ({ random }) => stsError(new StsError(500, "InternalFailure", MESSAGE.failed), random.uuid()),
      };
    case "scim":
      return {
        throttled: (kernel) => scimError(scimThrottled(), scimIds(kernel)),
        failed: (kernel) =>
          scimError(new ScimError(500, "InternalServerException", MESSAGE.failed), scimIds(kernel)),
      };
    case "graph":
      return {
        throttled: (kernel) => graphError(graphThrottled(5), graphIds(kernel)),
        failed: (kernel) =>
          graphError(
            new GraphRefusal(503, "serviceNotAvailable", { message: MESSAGE.failed }),
            graphIds(kernel),
          ),
      };
    default:
      return null;
  }
}

function awsRefusal(status: number, name: string, message: string): Response {
  return Response.json(
    { __type: name, message },
    { status, headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name } },
  );
}

function s3Refusal(code: string, status: number, message: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return new Response(body, { status, headers: { "content-type": "application/xml" } });
}

function scimIds({ random, clock }: Kernel) {
  return { requestId: random.uuid(), now: clock.now() };
}

function graphIds({ random, clock }: Kernel) {
  return {
    requestId: random.uuid(),
    clientRequestId: random.uuid(),
    date: new Date(clock.now()).toISOString(),
  };
}
