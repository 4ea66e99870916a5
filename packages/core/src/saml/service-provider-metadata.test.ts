import { describe, expect, it } from "vitest";
import {
  SAMPLE_ACS_PATH,
  SAMPLE_ENTITY_ID,
  SAMPLE_INSTANCE,
  SAMPLE_SERVICE_PROVIDER as SAMPLE,
} from "../../test-support/sample-metadata.ts";
import { parseServiceProviderMetadata } from "./service-provider-metadata.ts";

const IPV4 = `https://eu-central-1.signin.aws${SAMPLE_ACS_PATH}`;
const DUAL_STACK = `https://eu-central-1.sso.signin.aws${SAMPLE_ACS_PATH}`;
const LEGACY = `https://eu-central-1.signin.aws.amazon.com${SAMPLE_ACS_PATH}`;

function parse(xml: string) {
  return parseServiceProviderMetadata(xml, SAMPLE_INSTANCE);
}

describe("parseServiceProviderMetadata", () => {
  it("reads the entity id and every address that takes a posted answer", () => {
    expect(parse(SAMPLE)).toEqual({
      ...SAMPLE_INSTANCE,
      entityId: SAMPLE_ENTITY_ID,
      acs: [
        { kind: "ipv4", url: IPV4 },
        { kind: "dual-stack", url: DUAL_STACK },
      ],
    });
  });

  it("knows the address of instances made before February 2026", () => {
    expect(parse(SAMPLE.replace(IPV4, LEGACY)).acs[0]).toEqual({ kind: "ipv4-legacy", url: LEGACY });
  });

  it("leaves out addresses of another binding", () => {
    const artifact = SAMPLE.replace("HTTP-POST", "HTTP-Artifact");
    expect(parse(artifact).acs.map(({ kind }) => kind)).toEqual(["dual-stack"]);
    expect(() => parse(SAMPLE.replaceAll("HTTP-POST", "HTTP-Artifact"))).toThrow(/HTTP-POST/);
  });

  it("names both regions when the file is of another region", () => {
    const other = SAMPLE.replaceAll("eu-central-1", "us-east-1");
    expect(() => parse(other)).toThrow(/of region us-east-1, the instance is in eu-central-1/);
    const mixed = SAMPLE.replace(IPV4, IPV4.replace("eu-central-1", "us-east-1"));
    expect(() => parse(mixed)).toThrow(/AssertionConsumerService is of region us-east-1.* in eu-central-1/);
    for (const xml of [other, mixed])
      expect(() => parse(xml)).toThrow(expect.objectContaining({ name: "MetadataOfAnotherRegion" }));
  });

  it("names both identity stores when the file is of another instance", () => {
    const other = SAMPLE.replace("d-99671f0a1b", "d-1111111111");
    expect(() => parse(other)).toThrow(/identity store d-1111111111, the instance has d-99671f0a1b/);
    expect(() => parse(other)).toThrow(expect.objectContaining({ name: "MetadataOfAnotherInstance" }));
  });

  it.each([
    ["http", `http${IPV4.slice(5)}`],
    ["a port", IPV4.replace(".aws/", ".aws:8443/")],
    ["a user", IPV4.replace("https://", "https://x@")],
    ["a query", `${IPV4}?x=1`],
    ["a fragment", `${IPV4}#x`],
    ["a longer host", IPV4.replace(".aws/", ".aws.attacker.example/")],
    ["a host before it", IPV4.replace("https://", "https://attacker.example.")],
    ["a host that ends alike", IPV4.replace("eu-central-1.", "eu-central-1.evil")],
    ["a trailing dot", IPV4.replace(".aws/", ".aws./")],
    ["capitals", IPV4.replace("https", "HTTPS")],
    ["another path", IPV4.replace("/acs/", "/other/")],
    ["a way up", IPV4.replace("/acs/", "/acs/../acs/")],
    ["a line break", `${IPV4}&#10;`],
    ["nothing", ""],
  ])("refuses an address with %s", (_what, url) => {
    expect(() => parse(SAMPLE.replace(IPV4, url))).toThrow(
      expect.objectContaining({ name: "MetadataInvalid", message: expect.stringContaining("Location") }),
    );
  });

  it.each([
    ["without one", ` entityID="${SAMPLE_ENTITY_ID}"`, ""],
    ["with http", 'entityID="https', 'entityID="http'],
    ["with a longer host", "amazon.com/platform", "amazon.com.attacker.example/platform"],
    ["with a trailing slash", "d-99671f0a1b", "d-99671f0a1b/"],
    ["in a namespace", "entityID=", 'xmlns:x="urn:x" x:entityID='],
  ])("refuses an entity id %s", (_what, from, to) => {
    expect(() => parse(SAMPLE.replace(from, to))).toThrow(/entityID is .*, expected https:\/\/eu-central-1/);
  });

  it.each([
    [
      "of another namespace",
      SAMPLE.replace("SAML:2.0:metadata", "SAML:1.0:metadata"),
      /root is EntityDescriptor/,
    ],
    ["with another root", `<x>${SAMPLE.slice(SAMPLE.indexOf("<Entity"))}</x>`, /root is x/],
    ["of an identity provider", SAMPLE.replaceAll("SPSSO", "IDPSSO"), /no SPSSODescriptor/],
    ["with a second descriptor", SAMPLE.replace("</EntityD", "<SPSSODescriptor/></EntityD"), /more than one/],
  ])("refuses a document %s", (_what, xml, message) => {
    expect(() => parse(xml)).toThrow(message);
  });
});
