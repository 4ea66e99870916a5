import { Sha256 } from "@aws-crypto/sha256-js";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { Credentials } from "@landbridge/aws";
import { SignatureV4 } from "@smithy/signature-v4";

/** Adds what proves who calls; `body` is that of the request. */
export type Authorize = (request: Request, body: string) => Promise<Request>;

/** Signs like a client of AWS (SigV4). @param credentials null: those that the SDK finds */
export function signWithAws(region: string, credentials: Credentials | null): Authorize {
  const { config } = new SFNClient({ region, ...(credentials && { credentials }) });
  const signer = new SignatureV4({
    service: "execute-api",
    region,
    credentials: config.credentials,
    sha256: Sha256,
  });
  return async (request, body) => {
    const { protocol, hostname, port, pathname, searchParams } = new URL(request.url);
    const signed = await signer.sign({
      method: request.method,
      protocol,
      hostname,
      ...(port !== "" && { port: Number(port) }),
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: {
        ...Object.fromEntries(request.headers),
        host: port === "" ? hostname : `${hostname}:${port}`,
      },
      body,
    });
    return new Request(request, { headers: signed.headers });
  };
}
