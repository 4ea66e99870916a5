import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";

/** A request handler on a free port of this machine only. */
export function serveOnLoopback(service: {
  fetch(request: Request): Response | Promise<Response>;
}): Promise<{ url: string; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: (request) => service.fetch(request), hostname: "127.0.0.1", port: 0 },
      (address: AddressInfo) => {
        resolve({
          url: `http://127.0.0.1:${address.port}`,
          close: () => new Promise((done) => server.close(() => done())),
        });
      },
    );
    server.once("error", reject);
  });
}
