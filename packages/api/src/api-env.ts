import type { Ports } from "@landbridge/core";
import type { Caller } from "./caller.ts";

/** What the API does its work with. */
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
>;

/** What every route finds in Hono's context. */
export interface ApiEnv {
  readonly Variables: { readonly caller: Caller };
}
