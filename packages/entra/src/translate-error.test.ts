import { describe, expect, it } from "vitest";
import { FlowError } from "@landbridge/core";
import type { Credential } from "./credentials.ts";
import { broken, CLIENT_ID, entraOn, fakeCredential, refusal } from "../test-support/fake-graph.ts";

const USER = "GET /users/u-1";

function refuse(error: Error): Credential {
  return {
    getToken: async () => {
      throw error;
    },
  };
}

async function failure(answer: object, credential = fakeCredential()): Promise<unknown> {
  const { directory } = entraOn({ [USER]: answer }, credential);
  return directory.findUser("u-1").then(
    () => "no failure",
    (error: unknown) => error,
  );
}

describe("a refused call", () => {
  it.each([
    [500, "InternalServerError", "ServiceUnavailable"],
    [502, "BadGateway", "ServiceUnavailable"],
    [401, "InvalidAuthenticationToken", "ConsentMissing"],
    [403, "Authorization_RequestDenied", "ConsentMissing"],
    [403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "LicenceMissing"],
    [400, "HostNameNotOnVerifiedDomain", "NotPropagatedYet"],
    [409, "Request_MultipleObjectsWithSameKeyValue", "ConflictingOperation"],
    [410, "syncStateNotFound", "IncompleteRead"],
  ])("%i %s is %s", async (status, code, name) => {
    expect(await failure(refusal(status, code, "no"))).toMatchObject({ name });
  });

  it("names the operation, the app registration and the permission it needs", async () => {
    const error = await failure(refusal(403, "Authorization_RequestDenied", "Insufficient privileges"));
    expect(error).toHaveProperty("message", expect.stringContaining('"Get user"'));
    expect(error).toHaveProperty("message", expect.stringContaining("User.Read.All"));
    expect(error).toHaveProperty("message", expect.stringContaining(CLIENT_ID));
  });

  it("names Graph's request id, which Microsoft's support asks for", async () => {
    const error = await failure(refusal(500, "InternalServerError", "no"));
    expect(error).toHaveProperty("message", expect.stringContaining("request 7f0e"));
  });

  it("stays what it is when it means nothing to a flow", async () => {
    const error = await failure(refusal(400, "Request_BadRequest", "Invalid filter clause"));
    expect(error).not.toBeInstanceOf(FlowError);
    expect(error).toMatchObject({ statusCode: 400, message: "Invalid filter clause" });
  });
});

describe("a call without a proper answer", () => {
  it("is an unavailable service when the network fails", async () => {
    const error = await failure(() => {
      throw new TypeError("fetch failed");
    });
    expect(error).toMatchObject({ name: "ServiceUnavailable" });
  });

  it("is an incomplete read when the answer breaks off", async () => {
    expect(await failure(broken('{"id":"u-'))).toMatchObject({ name: "IncompleteRead" });
  });

  it("is an unavailable service when a proxy answers with HTML", async () => {
    const html = broken("<html>", { status: 502, headers: { "Content-Type": "text/html" } });
    expect(await failure(html)).toMatchObject({ name: "ServiceUnavailable" });
  });
});

describe("a refused sign-in", () => {
  it("keeps the name of its failure", async () => {
    const error = await failure({}, refuse(new FlowError("AccessDenied", "sts:GetWebIdentityToken")));
    expect(error).toMatchObject({ name: "AccessDenied", message: "sts:GetWebIdentityToken" });
    expect(error).toBeInstanceOf(FlowError);
  });
});
