import { describe, expect, it } from "vitest";
import { entraOn, TENANT_ID } from "../test-support/fake-graph.ts";

const APP_ID = "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11";
const DOCUMENT = `https://login.microsoftonline.com/${TENANT_ID}/federationmetadata/2007-06/federationmetadata.xml`;

function fetchMetadata(answer: object) {
  return entraOn({ [`GET ${DOCUMENT}`]: answer }).federationMetadata.fetch(TENANT_ID, APP_ID);
}

function failToConnect(): never {
  throw new TypeError("fetch failed");
}

describe("federation metadata", () => {
  it("is asked for by the application's client id, without an access token", async () => {
    const { federationMetadata, requests } = entraOn({
      [`GET ${DOCUMENT}`]: new Response("<EntityDescriptor/>"),
    });
    expect(await federationMetadata.fetch(TENANT_ID, APP_ID)).toBe("<EntityDescriptor/>");
    expect(requests[0]?.query).toEqual({ appid: APP_ID });
    expect(requests[0]?.headers.has("authorization")).toBe(false);
  });

  it.each([
    [404, "NotPropagatedYet"],
    [400, "NotPropagatedYet"],
    [429, "Throttled"],
    [503, "ServiceUnavailable"],
    [302, "Unexpected"],
  ])("answered with %i is %s", async (status, name) => {
    const headers = { Location: "https://elsewhere.example" };
    await expect(fetchMetadata(new Response("", { status, headers }))).rejects.toMatchObject({ name });
  });

  it("is an unavailable service when the network fails", async () => {
    await expect(fetchMetadata(failToConnect)).rejects.toMatchObject({ name: "ServiceUnavailable" });
  });

  it("may have one megabyte and no more", async () => {
    const full = "x".repeat(1_000_000);
    expect(await fetchMetadata(new Response(full))).toHaveLength(1_000_000);
    await expect(fetchMetadata(new Response(`${full}x`))).rejects.toMatchObject({ name: "MetadataInvalid" });
  });

  it.each([
    ["../common", APP_ID],
    [TENANT_ID, `${APP_ID}&x=1`],
    [`${TENANT_ID}@evil.example`, APP_ID],
  ])("is never asked for with something other than GUIDs: %s, %s", async (tenantId, appId) => {
    const { federationMetadata, requests } = entraOn({});
    await expect(federationMetadata.fetch(tenantId, appId)).rejects.toMatchObject({
      name: "InvalidStepInput",
    });
    expect(requests).toEqual([]);
  });
});
