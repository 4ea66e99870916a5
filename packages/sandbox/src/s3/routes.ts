import type { Kernel, Service } from "../kernel/kernel.ts";
import { createBucket } from "./create-bucket.ts";
import { deleteObjects } from "./delete-objects.ts";
import { noSuchBucket, notImplemented, S3Error } from "./errors.ts";
import { checkHeaders } from "./headers.ts";
import { listBuckets } from "./list-buckets.ts";
import { listObjects } from "./list-objects.ts";
import { deleteObject, getObject, putObject } from "./object-handlers.ts";
import type { Bucket, BucketsState } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

interface Route {
  readonly operation: string;
  run(): Response | Promise<Response>;
}

/** Amazon S3, path style. Signatures are not checked. */
export function makeS3(kernel: Kernel, buckets: BucketsState, ownerAccountId: string): Service {
  const requestIds = kernel.random.fork();
  return {
    async fetch(request) {
      const requestId = requestIds.uuid();
      const path = new URL(request.url).pathname;
      const route = findRoute({ kernel, buckets, ownerAccountId }, request);
      let response: Response;
      try {
        checkHeaders(request.headers, ownerAccountId);
        response = await route.run();
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        response = errorResponse(error, { requestId, path, method: request.method });
      }
      response.headers.set("x-amz-request-id", requestId);
      kernel.calls.record("s3", route.operation, response.status);
      return response;
    },
  };
}

interface Place {
  readonly kernel: Kernel;
  readonly buckets: BucketsState;
  readonly ownerAccountId: string;
}

function findRoute(place: Place, request: Request): Route {
  const { buckets, ownerAccountId } = place;
  const { pathname, searchParams } = new URL(request.url);
  const [, bucketName = "", ...rest] = pathname.split("/");
  const key = decode(rest.join("/"));
  const name = decode(bucketName);
  if (key === null || name === null) return refuse("a path that is no URI");
  if (name !== "") {
    return key === ""
      ? findBucketRoute(place, name, request)
      : findObjectRoute(place, { name, key }, request);
  }
  if (request.method !== "GET") return refuse(`${request.method} of no bucket`);
  return { operation: "ListBuckets", run: () => listBuckets(buckets, searchParams, ownerAccountId) };
}

function findBucketRoute({ kernel, buckets }: Place, name: string, request: Request): Route {
  const { searchParams: query } = new URL(request.url);
  const { method } = request;
  const foreign = foreignParameter(query);
  if (method === "GET" && query.get("list-type") === "2") {
    return { operation: "ListObjectsV2", run: () => listObjects(name, bucketOf(buckets, name), query) };
  }
  if (method === "POST" && foreign === "delete") {
    return { operation: "DeleteObjects", run: () => deleteObjects(bucketOf(buckets, name), request) };
  }
  if (method === "HEAD" && foreign === undefined) {
    return { operation: "HeadBucket", run: () => headBucket(buckets, name, kernel.region) };
  }
  if (method === "PUT" && foreign === undefined) {
    const { region, clock } = kernel;
    const run = () => createBucket(buckets, { name, request, region, now: clock.now() });
    return { operation: "CreateBucket", run };
  }
  return refuse(`${method} of a bucket${foreign === undefined ? "" : ` with the parameter ${foreign}`}`);
}

function findObjectRoute(
  { kernel, buckets }: Place,
  { name, key }: { readonly name: string; readonly key: string },
  request: Request,
): Route {
  const foreign = foreignParameter(new URL(request.url).searchParams);
  if (foreign !== undefined) return refuse(`${request.method} of an object with the parameter ${foreign}`);
  const objectRequest = () => ({ bucket: bucketOf(buckets, name), key, request, now: kernel.clock.now() });
  if (request.method === "PUT") return { operation: "PutObject", run: () => putObject(objectRequest()) };
  if (request.method === "GET") return { operation: "GetObject", run: () => getObject(objectRequest()) };
  if (request.method === "HEAD") return { operation: "HeadObject", run: () => getObject(objectRequest()) };
  if (request.method === "DELETE")
    return { operation: "DeleteObject", run: () => deleteObject(objectRequest()) };
  return refuse(`${request.method} of an object`);
}

/** Operation HeadBucket. */
function headBucket(buckets: BucketsState, name: string, region: string): Response {
  bucketOf(buckets, name);
  return new Response(null, { status: 200, headers: { "x-amz-bucket-region": region } });
}

/** `x-id` is the SDK's and means nothing. */
function foreignParameter(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((parameter) => parameter !== "x-id");
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function refuse(what: string): Route {
  return {
    operation: "unknown",
    run() {
      throw notImplemented(what);
    },
  };
}

function bucketOf(buckets: BucketsState, name: string): Bucket {
  const bucket = buckets.get(name);
  if (bucket === undefined) throw noSuchBucket();
  return bucket;
}

/** A HEAD has no body, so S3 tells no more than the status. */
function errorResponse(
  error: S3Error,
  { requestId, path, method }: { requestId: string; path: string; method: string },
): Response {
  if (method === "HEAD") return new Response(null, { status: error.status });
  return xmlResponse(
    error.status,
    element(
      "Error",
      [
        textElement("Code", error.name),
        textElement("Message", error.message),
        textElement("Resource", path),
        textElement("RequestId", requestId),
      ].join(""),
    ),
  );
}
