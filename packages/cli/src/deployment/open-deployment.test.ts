import { describe, expect, it } from "vitest";
import { UsageError } from "../exit.ts";
import { openApi } from "./open-deployment.ts";

function open(url: string) {
  const variables = { LANDBRIDGE_API_URL: url, AWS_REGION: "eu-central-1" };
  return () => openApi(variables, () => undefined);
}

describe("the address of the API", () => {
  it.each([
    "https://abc.execute-api.eu-central-1.amazonaws.com",
    "http://127.0.0.1:4010/execute-api",
    "http://localhost:4010",
  ])("may be %s", (url) => {
    expect(open(url)()).not.toBeNull();
  });

  it.each([
    "http://api.example",
    "http://localhost:4010@api.example/",
    "http://127.0.0.1:x@api.example/",
    "https://user:secret@api.example/",
    "ftp://api.example",
  ])("is refused when a token would go out unprotected, or elsewhere than it seems: %s", (url) => {
    expect(open(url)).toThrow(UsageError);
  });
});
