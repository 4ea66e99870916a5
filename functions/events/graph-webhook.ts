import { type HttpAnswer, type HttpEvent, makeGraphWebhook } from "../_shared/graph-webhook.ts";

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`The function's environment variable ${name} is not set`);
  return value;
}

let webhook: ReturnType<typeof makeGraphWebhook> | undefined;

function webhookOfThisProcess() {
  return makeGraphWebhook({
    tableName: variable("LANDBRIDGE_TABLE"),
    tenantId: variable("LANDBRIDGE_TENANT_ID"),
    markFunction: variable("LANDBRIDGE_MARK_FUNCTION"),
    keepFunction: variable("LANDBRIDGE_KEEP_FUNCTION"),
    access: {
      region: variable("AWS_REGION"),
      credentials: {
        accessKeyId: variable("AWS_ACCESS_KEY_ID"),
        secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
        sessionToken: process.env["AWS_SESSION_TOKEN"],
      },
      endpoint: process.env["AWS_ENDPOINT_URL"],
      fetch: globalThis.fetch,
      now: Date.now,
    },
  });
}

/**
 * The endpoint that Microsoft Graph calls. No SDK, no schema library: it must answer within three seconds from a cold start.
 */
export function handler(event: HttpEvent): Promise<HttpAnswer> {
  return (webhook ??= webhookOfThisProcess())(event);
}
