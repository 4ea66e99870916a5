import { makeApi } from "@landbridge/api";
import { describe, expect, it } from "vitest";
import type { Wiring } from "../_shared/wiring.ts";
import { handler } from "./api.ts";

const ARN = "arn:aws:states:eu-central-1:111122223333:execution:landbridge-x-connect:run.1";

const ANSWER = "POST /v1/tasks/{id}/answer";

interface Asked {
  readonly routeKey?: string;
  readonly method?: string;
}

/** Sends a request with that path; returns the answer, and whether the caller was looked up. */
async function request(rawPath: string, { routeKey = ANSWER, method = "POST" }: Asked = {}) {
  let asked = false;
  const authenticate = () => {
    asked = true;
    return null;
  };
  const api = makeApi({
    deps: { events: {} } as never,
    authenticate,
    routeKeyOf: () => routeKey,
    onFailure: () => undefined,
  });
  const http = { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" };
  const event = {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: "",
    headers: {},
    requestContext: { http },
  };
  const wiring = { use: () => api } as unknown as Wiring;
  const { statusCode } = (await handler(event as never, { wiring } as never)) as { statusCode: number };
  return { statusCode, asked };
}

describe("the path of a request to the API", () => {
  it.each([
    "/v1/tasks/3f2a-11/answer",
    `/v1/executions/${ARN}/stop`,
    "/v1/executions/arn%3Aaws%3Astates/stop",
  ])("may be %s", async (path) => {
    expect(await request(path)).toEqual({ statusCode: 401, asked: true });
  });

  // A policy of IAM that allows POST/v1/tasks/*/answer lets all of these through.
  it.each([
    "/v1/tasks/3f2a/approval?/answer",
    "/v1/tasks/3f2a/approval#/answer",
    "/v1/tasks/3f2a/approval%3F/answer",
    "/v1/tasks/3f2a/approval%2523/answer",
    "/v1/tasks/x/../3f2a/approval/answer/../../approval",
    "/v1/tasks/3f2a/answer/%2e%2E/approval",
    "/v1/tasks/3f2a\\..\\x/answer",
    "/v1//tasks/3f2a/answer",
    "/v1/tasks/3f2a/approval\t/answer",
    "/v1/tasks/%zz/answer",
  ])("is not read in two ways: %s is nowhere", async (path) => {
    expect(await request(path)).toEqual({ statusCode: 404, asked: false });
  });

  it.each(["TRACE", "CONNECT", "TRACK", "PUT", "HEAD"])(
    "is nowhere for the method %s, which no route has",
    async (method) => {
      const nowhere = { statusCode: 404, asked: false };
      expect(await request("/v1/tasks/3f2a/answer", { method })).toEqual(nowhere);
      expect(await request("/v1/tasks/3f2a/answer", { method, routeKey: "ANY /v1/{proxy+}" })).toEqual(
        nowhere,
      );
    },
  );
});
