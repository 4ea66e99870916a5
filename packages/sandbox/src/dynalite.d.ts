declare module "dynalite" {
  import type { Server } from "node:http";

  /**
   * An in-memory DynamoDB over HTTP. Times are how long tables stay in a transitional state, in
   * milliseconds.
   */
  export default function dynalite(options: {
    readonly createTableMs: number;
    readonly updateTableMs: number;
    readonly deleteTableMs: number;
  }): Server;
}
