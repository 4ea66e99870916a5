import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { hostsOf, type Sandbox } from "./sandbox.ts";

const HOST = "127.0.0.1";
/** No `Request` can have them (Fetch Standard, "forbidden method"). */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

export interface ServedSandbox {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Environment variables that point every AWS client here; S3 needs path style. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where requests to real host names must go. */
  readonly routes: Readonly<Record<string, string>>;
  /** Ends every connection and the server. */
  close(): Promise<void>;
}

/**
 * Serves the sandbox on the loopback interface.
 * @param options `port`: 0, the default, takes a free one
 * @throws {Error} when the port is in use
 */
export async function serveSandbox(
  sandbox: Sandbox,
  options: { readonly port?: number } = {},
): Promise<ServedSandbox> {
  const web = createAdaptorServer({
    fetch: (request) =>
      FORBIDDEN_METHODS.has(request.method) ? new Response(null, { status: 405 }) : sandbox.fetch(request),
    overrideGlobalObjects: false,
  }) as Server;
  const port = await listen(web, options.port ?? 0);
  const url = `http://${HOST}:${port}`;
  return {
    url,
    variables: { AWS_ENDPOINT_URL: url },
    routes: Object.fromEntries(
      Object.entries(hostsOf(sandbox.region)).map(([host, segment]) => [host, `${url}/${segment}`]),
    ),
    async close() {
      sandbox.close();
      await closeServer(web);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(new Error(`Port ${port} is in use. Choose another one with --port.`, { cause: error }));
    });
    server.listen(port, HOST, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(taken);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
