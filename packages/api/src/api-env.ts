import type { Ports, Settings } from "@landbridge/core";
import type { Caller } from "./caller.ts";

/** The API's dependencies. */
export type ApiDeps = Pick<
  Ports,
  | "executions"
  | "records"
  | "objects"
  | "secrets"
  | "scim"
  | "callbacks"
  | "sealer"
  | "tokenSupplier"
  | "clock"
  | "newId"
  | "events"
> & { readonly settings: Pick<Settings, "policyKey"> };

/** What every route finds in Hono's context. */
export interface ApiEnv {
  readonly Variables: {
    readonly caller: Caller;
    /** The route by which API Gateway let the request in: `POST /v1/tasks/{id}/answer`. */
    readonly routeKey: string;
  };
}
