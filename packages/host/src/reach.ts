import type { ClientOptions } from "@landbridge/aws";
import type { Host } from "@landbridge/functions/_shared/wiring";
import { type Sandbox, type ServedSandbox, serveSandbox } from "@landbridge/sandbox";
import { makeInProcessHandler } from "./in-process-handler.ts";

/** Never connected to. */
const IN_PROCESS = "http://127.0.0.1";

/** How every client of the AWS SDK reaches the sandbox. */
export type LocalClient = Required<Pick<ClientOptions, "region" | "credentials" | "endpoint">> &
  Pick<ClientOptions, "requestHandler">;

/** How the handlers' clients reach the sandbox. */
export interface Reach {
  /** Endpoint of AWS. */
  readonly endpoint: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The transport of requests; absent if sockets carry them. */
  readonly transport: Pick<Host, "fetch" | "requestHandler">;
  readonly served: ServedSandbox | null;
  close(): Promise<void>;
}

/** Over HTTP on this machine, as from another process. @throws {Error} when the port is in use */
export async function reachOverLoopback(sandbox: Sandbox, port: number): Promise<Reach> {
  const served = await serveSandbox(sandbox, { port });
  return {
    endpoint: served.url,
    variables: { ...served.variables, LANDBRIDGE_ROUTES: JSON.stringify(served.routes) },
    transport: {},
    served,
    close: () => served.close(),
  };
}

/** By function calls: nothing waits for a socket, so a virtual clock knows when no work is left. */
export function reachInProcess(sandbox: Sandbox): Reach {
  return {
    endpoint: IN_PROCESS,
    variables: { AWS_ENDPOINT_URL: IN_PROCESS },
    transport: {
      fetch: (input, init) => sandbox.network(new Request(input, init)),
      requestHandler: makeInProcessHandler((request) => sandbox.fetch(request)),
    },
    served: null,
    async close() {
      sandbox.close();
    },
  };
}
