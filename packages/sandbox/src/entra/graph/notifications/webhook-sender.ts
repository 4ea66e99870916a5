import { GraphRefusal } from "../../errors.ts";
import type { Kernel } from "../../../kernel/kernel.ts";

const VALIDATION_MILLISECONDS = 10_000;
const DELIVERY_MILLISECONDS = 3000;

/** Null if there is no answer in time, or no connection. */
async function send(kernel: Kernel, request: Request, milliseconds: number): Promise<Response | null> {
  const timer = new AbortController();
  const answer = kernel.network(request).catch((error: unknown) => {
    if (error instanceof TypeError) return null;
    throw error;
  });
  const late = kernel.clock.sleep(milliseconds, timer.signal).then(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}

/**
 * The handshake: the endpoint echoes a token as plain text within ten seconds ("Receive change notifications through
 * webhooks").
 * @throws {GraphRefusal} 400 when it does not
 */
export async function validateEndpoint(kernel: Kernel, address: string): Promise<void> {
  // Spaces, plus and percent signs show whether the endpoint decodes the token.
  const token = `Validation: echo this + nothing else, 100% of it. Request-Id: ${kernel.random.uuid()}`;
  const url = new URL(address);
  url.searchParams.set("validationToken", token);
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  const response = await send(kernel, new Request(url, { method: "POST", headers }), VALIDATION_MILLISECONDS);
  if (!response) throw invalid(address, "it gave no answer within 10 seconds");
  if (response.status !== 200) throw invalid(address, `it answered ${response.status} instead of 200`);
  if (!response.headers.get("content-type")?.startsWith("text/plain")) {
    throw invalid(address, "its answer is not text/plain");
  }
  if ((await response.text()) !== token) throw invalid(address, "it did not answer the decoded token");
}

function invalid(address: string, why: string): GraphRefusal {
  const { origin, pathname } = new URL(address);
  const message = `Subscription validation request failed for ${origin}${pathname}: ${why}.`;
  return new GraphRefusal(400, "ValidationError", { message });
}

/** Whether the endpoint accepted the notifications: a 2xx within three seconds. */
export async function deliver(kernel: Kernel, address: string, value: readonly object[]): Promise<boolean> {
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  const request = new Request(address, { method: "POST", headers, body: JSON.stringify({ value }) });
  const response = await send(kernel, request, DELIVERY_MILLISECONDS);
  return response?.ok ?? false;
}
