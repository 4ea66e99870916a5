import type { Kernel, Service } from "../kernel/kernel.ts";
import type { Random } from "../kernel/random.ts";
import { getBucketVersioning, putBucketVersioning } from "./bucket-versioning.ts";
import { createBucket } from "./create-bucket.ts";
import { deleteObjects } from "./delete-objects.ts";
import { noSuchBucket, notImplemented, S3Error } from "./errors.ts";
import { checkHeaders } from "./headers.ts";
import { listBuckets } from "./list-buckets.ts";
import { listObjectVersions } from "./list-object-versions.ts";
import { listObjects } from "./list-objects.ts";
import { deleteObject, getObject, putObject, type WritePlace } from "./object-handlers.ts";
import type { Bucket, Buckets } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

interface Route {
  readonly operation: string;
  run(): Response | Promise<Response>;
}

/** Amazon S3, path style. Signatures are not checked. */
export function makeS3(kernel: Kernel, buckets: Buckets, ownerAccountId: string): Service {
  const requestIds = kernel.random.fork();
  const versionIds = requestIds.fork();
  return {
    async fetch(request) {
      const requestId = requestIds.uuid();
      const path = new URL(request.url).pathname;
      const route = findRoute({ kernel, buckets, ownerAccountId, versionIds }, request);
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
  readonly buckets: Buckets;
  readonly ownerAccountId: string;
  readonly versionIds: Random;
}

function writePlace({ kernel, versionIds }: Place): WritePlace {
  return { now: kernel.clock.now(), versionIds };
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

function findBucketRoute(place: Place, name: string, request: Request): Route {
  const { kernel, buckets, ownerAccountId } = place;
  const { searchParams: query } = new URL(request.url);
  const { method } = request;
  const foreign = foreignParameter(query);
  if (method === "GET" && query.get("list-type") === "2") {
    return { operation: "ListObjectsV2", run: () => listObjects(name, bucketOf(buckets, name), query) };
  }
  if (method === "POST" && foreign === "delete") {
    return {
      operation: "DeleteObjects",
      run: () => deleteObjects(bucketOf(buckets, name), request, writePlace(place)),
    };
  }
  if (method === "GET" && query.has("versions")) {
    const run = () =>
      listObjectVersions({ bucketName: name, bucket: bucketOf(buckets, name), ownerAccountId }, query);
    return { operation: "ListObjectVersions", run };
  }
  if (method === "GET" && foreign === "versioning") {
    return { operation: "GetBucketVersioning", run: () => getBucketVersioning(bucketOf(buckets, name)) };
  }
  if (method === "PUT" && foreign === "versioning") {
    const run = () => putBucketVersioning(bucketOf(buckets, name), request);
    return { operation: "PutBucketVersioning", run };
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
  place: Place,
  { name, key }: { readonly name: string; readonly key: string },
  request: Request,
): Route {
  const { buckets } = place;
  const isWrite = request.method === "PUT";
  const foreign = foreignParameter(new URL(request.url).searchParams, isWrite ? [] : ["versionId"]);
  if (foreign !== undefined) return refuse(`${request.method} of an object with the parameter ${foreign}`);
  const objectRequest = () => ({ bucket: bucketOf(buckets, name), key, request, place: writePlace(place) });
  if (isWrite) {
    const run = () => putObject(objectRequest(), (object) => buckets.onWrite(name, object));
    return { operation: "PutObject", run };
  }
  if (request.method === "GET") return { operation: "GetObject", run: () => getObject(objectRequest()) };
  if (request.method === "HEAD") return { operation: "HeadObject", run: () => getObject(objectRequest()) };
  if (request.method === "DELETE")
    return { operation: "DeleteObject", run: () => deleteObject(objectRequest()) };
  return refuse(`${request.method} of an object`);
}

/** Operation HeadBucket. */
function headBucket(buckets: Buckets, name: string, region: string): Response {
  bucketOf(buckets, name);
  return new Response(null, { status: 200, headers: { "x-amz-bucket-region": region } });
}

/** `x-id` is the SDK's and means nothing. */
function foreignParameter(query: URLSearchParams, known: readonly string[] = []): string | undefined {
  return [...query.keys()].find((parameter) => parameter !== "x-id" && !known.includes(parameter));
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

function bucketOf(buckets: Buckets, name: string): Bucket {
  const bucket = buckets.get(name);
  if (bucket === undefined) throw noSuchBucket();
  return bucket;
}

/** A HEAD has no body, so S3 returns only the status. */
function errorResponse(
  error: S3Error,
  { requestId, path, method }: { requestId: string; path: string; method: string },
): Response {
  const { status, headers } = error;
  if (method === "HEAD") return new Response(null, { status, headers });
  return xmlResponse(
    status,
    element(
      "Error",
      [
        textElement("Code", error.name),
        textElement("Message", error.message),
        textElement("Resource", path),
        textElement("RequestId", requestId),
      ].join(""),
    ),
    headers,
  );
}
