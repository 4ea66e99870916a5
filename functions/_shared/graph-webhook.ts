import { GRAPH_EVENT } from "@landbridge/core";
import { type AwsAccess, callAws } from "./call-aws.ts";
import { parseNotices, passNotices } from "./graph-notices.ts";
import { rememberSubscriptions } from "./known-subscriptions.ts";

/** The used parts of a request by a function URL or an HTTP API (Lambda payload format 2.0). */
export interface HttpEvent {
  readonly rawQueryString?: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WebhookOptions {
  readonly access: AwsAccess;
  readonly tableName: string;
  readonly tenantId: string;
  /** Names or ARNs. */
  readonly markFunction: string;
  readonly keepFunction: string;
}

const LONGEST_TOKEN = 2048;

/**
 * Graph's webhook: echoes the token of the handshake, and accepts notifications. It answers every notification in the same
 * way, so that the answer reveals nothing; only if one could not be passed on, it asks Graph to retry.
 */
export function makeGraphWebhook(options: WebhookOptions): (event: HttpEvent) => Promise<HttpAnswer> {
  const { access, tenantId, markFunction, keepFunction } = options;
  const subscriptions = rememberSubscriptions(options.tableName, access);

  return async ({ rawQueryString = "", body = "", isBase64Encoded = false }) => {
    const token = new URLSearchParams(rawQueryString).get("validationToken");
    if (token !== null) return echo(token);
    const notices = parseNotices(isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body);
    if (notices.length === 0) return { statusCode: 202 };
    try {
      const known = await subscriptions(notices.map(({ subscriptionId }) => subscriptionId));
      const { groupIds, all, lifecycle } = passNotices(notices, known, tenantId);
      if (all || groupIds.length > 0) {
        const { source, detailType } = GRAPH_EVENT;
        await invoke(markFunction, { source, "detail-type": detailType, detail: { groupIds, all } }, access);
      }
      if (lifecycle.length > 0) await invoke(keepFunction, { lifecycle }, access);
      return { statusCode: 202 };
    } catch (error) {
      // To the function's log, without any content of the request.
      process.stderr.write(`${JSON.stringify({ level: "ERROR", message: String(error) })}\n`);
      return { statusCode: 503 };
    }
  };
}

/** Graph's tokens hold no markup: what does is a visitor's, and is not repeated to anybody. */
function echo(token: string): HttpAnswer {
  if (token.length > LONGEST_TOKEN || /[<>"]/.test(token)) return { statusCode: 400 };
  return {
    statusCode: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
    body: token,
  };
}

/** Passes it on; Lambda keeps it, retries and has a dead-letter queue. */
async function invoke(functionName: string, payload: unknown, access: AwsAccess): Promise<void> {
  await callAws(
    {
      service: "lambda",
      path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
      headers: { "content-type": "application/json", "x-amz-invocation-type": "Event" },
      body: payload,
    },
    access,
  );
}
