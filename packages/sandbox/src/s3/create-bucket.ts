import { S3Error } from "./errors.ts";
import { Bucket, type Buckets } from "./state.ts";

/** Operation CreateBucket. Outside us-east-1 the body must name the region of the endpoint. */
export async function createBucket(
  buckets: Buckets,
  { name, request, region, now }: { name: string; request: Request; region: string; now: number },
): Promise<Response> {
  if (!/^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new S3Error(400, "InvalidBucketName", "The specified bucket is not valid.");
  }
  const body = await request.text();
  const location = /<LocationConstraint>([^<]*)<\/LocationConstraint>/.exec(body)?.[1] ?? "us-east-1";
  if (location !== region) {
    const message = `The ${location} location constraint is incompatible with the region ${region} of this endpoint.`;
    throw new S3Error(400, "IllegalLocationConstraintException", message);
  }
  if (buckets.has(name)) {
    const message = "Your previous request to create the named bucket succeeded and you already own it.";
    throw new S3Error(409, "BucketAlreadyOwnedByYou", message);
  }
  buckets.set(name, new Bucket(now));
  return new Response(null, { status: 200, headers: { location: `/${name}` } });
}
