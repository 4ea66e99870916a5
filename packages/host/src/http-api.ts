import { listRouteKeys } from "@landbridge/api";
import type { Clock } from "@landbridge/core";
import { type HttpRoute, makeHttpApi } from "@landbridge/local";
import type { Sandbox } from "@landbridge/sandbox";
import { WEBHOOK_PATH } from "./react-to-events.ts";

/** First segment of the path of the deployment's HTTP API, on the sandbox's port. */
const SEGMENT = "execute-api";

/** Functions behind the API, as `api/api`. */
export const API_FUNCTION_NAMES = ["api/api"] as const;
type ApiFunctionName = (typeof API_FUNCTION_NAMES)[number];

interface HttpApiOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  /** Runs `functions/<name>.ts`. */
  readonly invoke: (name: ApiFunctionName, event: unknown) => Promise<unknown>;
  /** The function of the Graph webhook. */
  readonly webhook: (event: object) => Promise<unknown>;
}

/** Mounts in the sandbox what API Gateway is in AWS. */
export function mountHttpApi(sandbox: Sandbox, { clock, newId, invoke, webhook }: HttpApiOptions): void {
  const accountId = sandbox.states.organization.managementAccountId;
  const api = {
    authorization: "AWS_IAM",
    invoke: (event: unknown) => invoke("api/api", event),
  } as const;
  const routes: HttpRoute[] = [
    ...listRouteKeys().map((key) => ({ key, ...api })),
    {
      key: `POST ${WEBHOOK_PATH}`,
      authorization: "NONE",
      invoke: (event) => webhook(event as object),
    },
  ];
  sandbox.mount(
    SEGMENT,
    makeHttpApi({ clock, accountId, newId, routes, identify: (request) => sandbox.identify(request) }),
  );
}

/** @param sandboxUrl `http://127.0.0.1:<port>` */
export function httpApiUrl(sandboxUrl: string): string {
  return `${sandboxUrl}/${SEGMENT}`;
}
