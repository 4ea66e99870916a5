import type { Kernel, Service } from "../kernel/kernel.ts";
import { trailEvent } from "./cloud-trail.ts";
import { type Publish, TRAIL_MILLISECONDS } from "./service-event.ts";

const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";
const WRITES: Readonly<Record<string, string>> = {
  POST: "Create",
  PUT: "Put",
  PATCH: "Patch",
  DELETE: "Delete",
};

/**
 * Reports every write to the SCIM endpoint to the bus ("Logging IAM Identity Center SCIM API calls with AWS CloudTrail"):
 * with ids, but with hidden texts.
 */
export function trailScim(kernel: Kernel, publish: Publish): (service: Service) => Service {
  return (service) => ({
    async fetch(request) {
      const [, tenantId = "", resource = "", id] =
        /^\/([^/]+)\/scim\/v2\/(Users|Groups)(?:\/([^/]+))?$/.exec(new URL(request.url).pathname) ?? [];
      const verb = WRITES[request.method];
      if (verb === undefined || resource === "") return service.fetch(request);
      const at = kernel.clock.now();
      const httpBody = hide(parse(await request.clone().text()));
      const response = await service.fetch(request);
      const output = parse(await response.clone().text()) as { id?: string } | null;
      const isDone = response.ok;
      publish(
        trailEvent({
          // Not documented; nothing may rely on it.
          source: "aws.identitystore-scim",
          eventSource: "identitystore-scim.amazonaws.com",
          eventName: `${verb}${resource === "Users" ? "User" : "Group"}`,
          region: kernel.region,
          at,
          userIdentity: { type: isDone ? "WebIdentityUser" : "Unknown" },
          requestParameters: { httpBody, tenantId, ...(id !== undefined && { id }) },
          responseElements:
            isDone && output?.id !== undefined ? { id: output.id, displayName: HIDDEN } : null,
          errorCode: isDone
            ? undefined
            : (response.headers.get("x-amzn-errortype") ?? `HTTP ${response.status}`),
        }),
        TRAIL_MILLISECONDS,
      );
      return response;
    },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hide(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hide(member)]));
  }
  return typeof value === "string" ? HIDDEN : value;
}
