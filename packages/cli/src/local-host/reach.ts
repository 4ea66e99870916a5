import type { Host } from "@landbridge/functions/_shared/wiring";
import { type Sandbox, type ServedSandbox, serveSandbox } from "@landbridge/sandbox";
import { makeInProcessHandler } from "./in-process-handler.ts";

/** How the clients of the handlers get to the sandbox. */
export interface Reach {
  readonly variables: Readonly<Record<string, string>>;
  /** What carries requests; absent where sockets do. */
  readonly transport: Pick<Host, "fetch" | "requestHandler">;
  readonly served: ServedSandbox | null;
  close(): Promise<void>;
}

/** Over HTTP on this machine, as from another process. @throws {Error} when the port is in use */
export async function reachOverLoopback(sandbox: Sandbox, port: number): Promise<Reach> {
  const served = await serveSandbox(sandbox, { port });
  return {
    variables: { ...served.variables, LANDBRIDGE_ROUTES: JSON.stringify(served.routes) },
    transport: {},
    served,
    close: () => served.close(),
  };
}

/** By function calls: nothing waits for a socket, so a virtual clock knows when nothing is left to do. */
export function reachInProcess(sandbox: Sandbox): Reach {
  return {
    variables: { AWS_ENDPOINT_URL: "http://127.0.0.1" },
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
