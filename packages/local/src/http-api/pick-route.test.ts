import { describe, expect, it } from "vitest";
import { pickRoute } from "./pick-route.ts";

const KEYS = [
  "$default",
  "ANY /{proxy+}",
  "ANY /v1/{proxy+}",
  "GET /v1/tasks/{id}",
  "ANY /v1/tasks/{id}",
  "POST /v1/tasks/{id}/answer",
  "GET /v1/tasks/mine",
];

describe("an HTTP API", () => {
  it.each([
    ["GET", "/v1/tasks/mine", "GET /v1/tasks/mine"],
    ["GET", "/v1/tasks/3f2a", "GET /v1/tasks/{id}"],
    ["DELETE", "/v1/tasks/3f2a", "ANY /v1/tasks/{id}"],
    ["POST", "/v1/tasks/3f2a/answer", "POST /v1/tasks/{id}/answer"],
    ["GET", "/v1/tasks/3f2a/answer", "ANY /v1/{proxy+}"],
    ["POST", "/v1/tasks/3f2a/x/answer", "ANY /v1/{proxy+}"],
    ["GET", "/other", "ANY /{proxy+}"],
    ["GET", "/v1", "ANY /{proxy+}"],
    ["GET", "/", "$default"],
  ])("takes the most specific route for %s %s", (method, path, key) => {
    expect(pickRoute(KEYS, method, path)).toBe(key);
    expect(pickRoute(KEYS.toReversed(), method, path)).toBe(key);
  });

  it("does not take an escaped slash for one", () => {
    expect(pickRoute(KEYS, "POST", "/v1/tasks/3f2a%2Fanswer")).toBe("ANY /v1/tasks/{id}");
  });

  it("has no route for a method or path that none names", () => {
    expect(pickRoute(["GET /v1/tasks"], "TRACE", "/v1/tasks")).toBeNull();
    expect(pickRoute(["GET /v1/tasks"], "GET", "/v1/tasks/")).toBeNull();
  });
});
