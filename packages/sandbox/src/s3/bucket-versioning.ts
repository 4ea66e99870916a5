import { checkBody } from "./checksums.ts";
import { notImplemented, S3Error } from "./errors.ts";
import type { Bucket } from "./state.ts";
import { rootElement, textElement, xmlResponse } from "./xml.ts";

/** Operation PutBucketVersioning. It takes effect at once. */
export async function putBucketVersioning(bucket: Bucket, request: Request): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  checkBody(bytes, Object.fromEntries(request.headers));
  const body = Buffer.from(bytes).toString();
  if (/<MfaDelete>/.test(body)) throw notImplemented("MfaDelete in PutBucketVersioning");
  const status = /<VersioningConfiguration[^>]*>.*<Status>(\w*)<\/Status>.*<\/VersioningConfiguration>/s.exec(
    body,
  )?.[1];
  if (status !== "Enabled" && status !== "Suspended") {
    const message = "The Versioning element must be specified";
    throw new S3Error(400, "IllegalVersioningConfigurationException", message);
  }
  bucket.versioning = status;
  return new Response(null, { status: 200 });
}

/** Operation GetBucketVersioning: there is no status until somebody has set one. */
export function getBucketVersioning({ versioning }: Bucket): Response {
  const content = versioning === null ? "" : textElement("Status", versioning);
  return xmlResponse(200, rootElement("VersioningConfiguration", content));
}
