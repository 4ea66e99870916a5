import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import dynalite from "dynalite";
import { hostsOf, type Sandbox } from "./sandbox.ts";

const HOST = "127.0.0.1";

export interface ServedSandbox {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Environment variables that point AWS SDK clients here; S3 needs path style. */
  readonly awsEndpoints: Readonly<Record<string, string>>;
  /** Where requests to real host names must go. */
  readonly routes: Readonly<Record<string, string>>;
  /** Ends every connection and both servers. */
  close(): Promise<void>;
}

/**
 * Serves the sandbox on the loopback interface, with an in-memory DynamoDB beside it on a port of its own.
 * @param options `port`: 0, the default, takes a free one
 * @throws {Error} when the port is in use
 */
export async function serveSandbox(
  sandbox: Sandbox,
  options: { readonly port?: number } = {},
): Promise<ServedSandbox> {
  const web = createAdaptorServer({
    fetch: (request) => sandbox.fetch(request),
    overrideGlobalObjects: false,
  }) as Server;
  const port = await listen(web, options.port ?? 0);
  const dynamo = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  const dynamoPort = await listen(dynamo, 0);
  const url = `http://${HOST}:${port}`;
  return {
    url,
    awsEndpoints: {
      AWS_ENDPOINT_URL_SSO_ADMIN: `${url}/sso-admin`,
      AWS_ENDPOINT_URL_IDENTITYSTORE: `${url}/identitystore`,
      AWS_ENDPOINT_URL_ORGANIZATIONS: `${url}/organizations`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `${url}/secretsmanager`,
      AWS_ENDPOINT_URL_S3: `${url}/s3`,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${HOST}:${dynamoPort}`,
    },
    routes: Object.fromEntries(
      Object.entries(hostsOf(sandbox.region)).map(([host, segment]) => [host, `${url}/${segment}`]),
    ),
    async close() {
      sandbox.close();
      await Promise.all([closeServer(web), closeServer(dynamo)]);
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
