import { accessKeyIdOf, signedRegionOf } from "../aws-json/access-key.ts";
import { AwsError } from "../aws-json/aws-error.ts";
import { describeIssues } from "../aws-json/operation.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { callerAccountId } from "../organizations/caller.ts";
import { element, textElement, xmlResponse } from "../s3/xml.ts";
import { assumeRole, AssumeRoleRequest } from "./assume-role.ts";
import { invalidAction, StsError, validation } from "./errors.ts";
import { readForm } from "./form.ts";
import type { StsState } from "./state.ts";
import { getWebIdentityToken, WebIdentityTokenRequest } from "./web-identity-token.ts";

const VERSION = "2011-06-15";
const NAMESPACE = `https://sts.amazonaws.com/doc/${VERSION}/`;
const FOLDER = "sts";
/** It answers for us-east-1, and not GetWebIdentityToken. */
const GLOBAL_HOST = "sts.amazonaws.com";

type Result = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** AWS STS: the query protocol, a form in and XML out. Signatures are not checked. */
export function makeSts(kernel: Kernel, state: StsState): Service {
  const requestIds = kernel.random.fork();
  return {
    async fetch(request) {
      const requestId = requestIds.uuid();
      const form = new URLSearchParams(await request.clone().text());
      const action = form.get("Action") ?? "";
      let response: Response;
      try {
        response = answer(action, run(kernel, state, { request, form, action }), requestId);
      } catch (error) {
        response = errorResponse(error, requestId);
      }
      response.headers.set("x-amzn-requestid", requestId);
      kernel.calls.record("sts", action === "" ? "unknown" : action, response.status);
      return response;
    },
  };
}

function run(
  kernel: Kernel,
  state: StsState,
  {
    request,
    form,
    action,
  }: { readonly request: Request; readonly form: URLSearchParams; readonly action: string },
): Result {
  const { Action: _action, Version: version, ...members } = readForm(form);
  if (request.method !== "POST") throw invalidAction("Use POST with a form.");
  if (version !== VERSION) throw invalidAction(`The form must have Version=${VERSION}.`);
  const accessKeyId = accessKeyIdOf(request);
  const accountId = callerAccountId(state.organization, accessKeyId);
  if (action === "GetCallerIdentity") {
    if (Object.keys(members).length > 0) throw validation("GetCallerIdentity has no members.");
    return {
      UserId: `AROASANDBOX${accountId.slice(0, 10)}:session`,
      Account: accountId,
      Arn: state.sessionArn(accountId, accessKeyId),
    };
  }
  if (action === "AssumeRole") {
    const parsed = AssumeRoleRequest.safeParse(members);
    if (!parsed.success) throw validation(describeIssues(parsed.error, FOLDER));
    const { credentials, user } = assumeRole(kernel, state, { ...parsed.data, accountId });
    return { Credentials: credentials, AssumedRoleUser: user };
  }
  if (action !== "GetWebIdentityToken" || new URL(request.url).hostname === GLOBAL_HOST) {
    throw invalidAction(
      `The sandbox does not imitate ${action} here; see packages/sandbox/src/${FOLDER}/coverage.md.`,
    );
  }
  const parsed = WebIdentityTokenRequest.safeParse(members);
  if (!parsed.success) throw validation(describeIssues(parsed.error, FOLDER));
  const region = signedRegionOf(request) ?? kernel.region;
  return getWebIdentityToken(kernel, state, { ...parsed.data, accountId, accessKeyId, region });
}

function answer(action: string, result: Result, requestId: string): Response {
  const members = Object.entries(result).map(([name, value]) => elementOf(name, value));
  const metadata = element("ResponseMetadata", textElement("RequestId", requestId));
  return toXml(200, `${action}Response`, element(`${action}Result`, members.join("")) + metadata);
}

function elementOf(name: string, value: string | Readonly<Record<string, string>>): string {
  if (typeof value === "string") return textElement(name, value);
  return element(
    name,
    Object.entries(value)
      .map(([member, text]) => textElement(member, text))
      .join(""),
  );
}

export function errorResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AwsError ? unrecognizedClient(error) : error;
  if (!(known instanceof StsError)) throw error;
  const { name, message, status } = known;
  const content = [textElement("Type", "Sender"), textElement("Code", name), textElement("Message", message)];
  return toXml(
    status,
    "ErrorResponse",
    element("Error", content.join("")) + textElement("RequestId", requestId),
  );
}

/** The query protocol has another error name for an unknown access key. */
function unrecognizedClient({ message }: AwsError): StsError {
  return new StsError(403, "InvalidClientTokenId", message);
}

function toXml(status: number, root: string, content: string): Response {
  const xml = `<${root} xmlns="${NAMESPACE}">${content}</${root}>`;
  return xmlResponse(status, xml, { "content-type": "text/xml" });
}
