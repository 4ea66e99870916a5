import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SigningOptions {
  /** Signing name of the service: `dynamodb`, `lambda`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface UnsignedRequest {
  readonly method: string;
  /** Without a query; its path is sent unchanged. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Headers of the request with those of Signature Version 4 (IAM user guide, "Create a signed AWS API request"). The
 * SDK's signer alone is three times as large as the webhook may be.
 */
export function signRequest(
  { method, url, headers, body }: UnsignedRequest,
  { service, region, credentials, now }: SigningOptions,
): Record<string, string> {
  const { host, pathname } = new URL(url);
  const time = new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const signed: Record<string, string> = {
    ...headers,
    host,
    "x-amz-date": time,
    ...(credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(signed).toSorted();
  const canonical = [
    method,
    // Encoded once more, as every service but S3 has it.
    pathname.split("/").map(encodeURIComponent).join("/"),
    "",
    ...names.map((name) => `${name}:${signed[name]?.trim()}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const scope = [day, region, service, "aws4_request"].join("/");
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, text).toString("hex");
  const credential = `${credentials.accessKeyId}/${scope}`;
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
