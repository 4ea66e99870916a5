import { type Credentials, signRequest } from "./sign-request.ts";

export interface AwsAccess {
  readonly region: string;
  readonly credentials: Credentials;
  /** One address for every service, of a simulator; absent: AWS. */
  readonly endpoint?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

interface AwsCall {
  readonly service: "dynamodb" | "lambda";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Graph waits three seconds for an answer, and stops sending when answers are slow. */
const TIMEOUT_MILLISECONDS = 2000;

/** One call of an AWS API without the SDK. @throws {Error} with service and status, and nothing of the request */
export async function callAws(call: AwsCall, access: AwsAccess): Promise<Response> {
  const { service, path } = call;
  const { region, endpoint = `https://${service}.${region}.amazonaws.com` } = access;
  const url = `${endpoint.replace(/\/$/, "")}${path}`;
  const body = JSON.stringify(call.body);
  const { host: _, ...headers } = signRequest(
    { method: "POST", url, headers: call.headers, body },
    { service, region, credentials: access.credentials, now: access.now() },
  );
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const response = await access.fetch(url, { method: "POST", headers, body, signal });
  if (response.ok) return response;
  throw new Error(`${service} answered ${response.status}`);
}
