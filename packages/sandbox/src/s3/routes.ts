import { randomUUID } from "node:crypto";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { createBucket } from "./create-bucket.ts";
import { noSuchBucket, notImplemented, S3Error } from "./errors.ts";
import { checkHeaders } from "./headers.ts";
import { listObjects } from "./list-objects.ts";
import { deleteObject, getObject, putObject } from "./object-handlers.ts";
import type { BucketsState, StoredObject } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

interface Route {
  readonly operation: string;
  run(): Response | Promise<Response>;
}

/** Amazon S3, path style. Signatures are not checked. */
export function makeS3(kernel: Kernel, buckets: BucketsState, ownerAccountId: string): Service {
  return {
    async fetch(request) {
      const requestId = randomUUID();
      const path = new URL(request.url).pathname;
      const route = findRoute(kernel, buckets, request);
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

function findRoute(kernel: Kernel, buckets: BucketsState, request: Request): Route {
  const { pathname, searchParams } = new URL(request.url);
  const [, bucketName = "", ...rest] = pathname.split("/");
  const key = decode(rest.join("/"));
  const name = decode(bucketName);
  if (key === null || name === null) return refuse("a path that is no URI");
  const foreign = [...searchParams.keys()].find((parameter) => parameter !== "x-id");

  if (name === "") return refuse("ListBuckets");
  if (key === "") {
    if (request.method === "GET" && searchParams.get("list-type") === "2") {
      return {
        operation: "ListObjectsV2",
        run: () => listObjects(name, bucketOf(buckets, name), searchParams),
      };
    }
    if (request.method === "PUT" && foreign === undefined) {
      return {
        operation: "CreateBucket",
        run: () => createBucket(buckets, { name, request, region: kernel.region }),
      };
    }
    return refuse(
      `${request.method} of a bucket${foreign === undefined ? "" : ` with the parameter ${foreign}`}`,
    );
  }
  if (foreign !== undefined) return refuse(`${request.method} of an object with the parameter ${foreign}`);
  const objectRequest = () => ({ bucket: bucketOf(buckets, name), key, request, now: kernel.clock.now() });
  if (request.method === "PUT") return { operation: "PutObject", run: () => putObject(objectRequest()) };
  if (request.method === "GET") return { operation: "GetObject", run: () => getObject(objectRequest()) };
  if (request.method === "HEAD") return { operation: "HeadObject", run: () => getObject(objectRequest()) };
  if (request.method === "DELETE")
    return { operation: "DeleteObject", run: () => deleteObject(objectRequest()) };
  return refuse(`${request.method} of an object`);
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

function bucketOf(buckets: BucketsState, name: string): Map<string, StoredObject> {
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
