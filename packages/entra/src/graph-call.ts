import type { FlowError } from "@landbridge/core";
import type { GraphError } from "@microsoft/microsoft-graph-client";
import type { Pacer } from "./pacer.ts";
import type { GraphPermission } from "./permissions.ts";

/** One Graph operation: where it goes, what it needs and what it is called in errors. */
export interface GraphCall {
  /** Name of the operation in Microsoft's Graph reference. */
  readonly operation: string;
  readonly permission: GraphPermission;
  /** Below `https://graph.microsoft.com/v1.0`, ids encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Part of the body that no error may repeat. */
  readonly secret?: string;
  /** Awaited before each request. */
  readonly pace?: Pacer;
  /** The meaning of 404; objects addressed by id are usually just not visible yet. */
  readonly whenNotFound?: "NotPropagatedYet" | "IncompleteRead";
  /** A more precise reading of a refusal, tried before the general one. */
  readonly explain?: (error: GraphError) => FlowError | null;
}
