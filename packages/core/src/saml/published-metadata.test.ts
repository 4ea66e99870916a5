import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseFederationMetadata } from "./federation-metadata.ts";
import { parseServiceProviderMetadata } from "./service-provider-metadata.ts";

const FIXTURES = fileURLToPath(new URL("../../../../../shared/fixtures/saml/", import.meta.url));
const absent = !existsSync(FIXTURES);

interface Expected {
  readonly accept: readonly Record<string, unknown>[];
  readonly refuse: readonly { readonly file: string; readonly base: "sp" | "idp"; readonly refuse: string }[];
}

function read(file: string): string {
  return readFileSync(`${FIXTURES}${file}`, "utf8");
}

/** Two hostile documents are kept as recipes only. */
function readHostile(file: string): string {
  const base = read("idc-sp-metadata.xml");
  if (file === "hostile/padding-2mb.xml") {
    return base.replace(/<md:EntityDescriptor[^>]*>/, (tag) => `${tag}<!--${"x".repeat(2_097_152)}-->`);
  }
  if (file === "hostile/depth-5000.xml") {
    const deep = "<x:a>".repeat(5_000) + "</x:a>".repeat(5_000);
    const extensions = `<md:Extensions xmlns:x="urn:example:nested">${deep}</md:Extensions>`;
    return base.replace("</md:EntityDescriptor>", `${extensions}</md:EntityDescriptor>`);
  }
  return read(file);
}

const REASONS: Readonly<Record<string, RegExp>> = {
  "hostile/xxe-external-entity.xml": /DOCTYPE that reads another file or address/,
  "hostile/billion-laughs.xml": /DOCTYPE that declares entities to be expanded/,
  "hostile/two-roots.xml": /not well-formed/,
  "hostile/missing-certificate.xml": /no X509Certificate/,
  "hostile/wrong-entityid-host.xml": /entityID is .*attacker\.example/,
  "hostile/http-acs.xml": /Location is http:/,
  "hostile/padding-2mb.xml": /2098\d{3} bytes/,
  "hostile/depth-5000.xml": /64 deep/,
};

describe.skipIf(absent)("metadata as published (skipped where ../shared/fixtures/saml is absent)", () => {
  const { accept, refuse } = absent
    ? { accept: [], refuse: [] }
    : (JSON.parse(read("expected.json")) as Expected);
  const instance = { region: "eu-west-1", identityStoreId: "d-93671a2b3c" };
  const tenant = { tenantId: "6b7d2f10-3c84-4e59-9a1d-7e0f5c2b8d46" };

  it("reads that of IAM Identity Center", () => {
    const [wanted] = accept;
    const { acs, ...parsed } = parseServiceProviderMetadata(read("idc-sp-metadata.xml"), instance);
    expect(wanted).toMatchObject(parsed);
    expect(acs.map(({ kind }) => kind)).toEqual(["ipv4-legacy", "ipv4", "dual-stack"]);
    expect(wanted).toMatchObject({ acs: acs.map(({ url }) => ({ url })) });
  });

  it("reads that of Entra", () => {
    const [, wanted] = accept;
    const { entityId, singleSignOnUrl, certificates } = parseFederationMetadata(
      read("entra-federation-metadata.xml"),
      tenant,
    );
    expect(wanted).toMatchObject({ entityId, ssoUrl: singleSignOnUrl });
    expect(certificates).toEqual([
      {
        thumbprint: "09D2EB4DC17E329B0AE64641C5E6469A4F68B311",
        subject: "CN=Microsoft Azure Federated SSO Certificate",
        notBefore: "2026-11-24T03:59:49.000Z",
        notAfter: "2029-11-23T03:59:49.000Z",
        base64: expect.stringMatching(/^[A-Za-z0-9+/=]{1128}$/) as string,
      },
    ]);
  });

  function parser({ file, base }: Expected["refuse"][number]): () => unknown {
    const xml = readHostile(file);
    return () =>
      base === "sp" ? parseServiceProviderMetadata(xml, instance) : parseFederationMetadata(xml, tenant);
  }

  it("says something else about each hostile one", () => {
    const said = refuse.map((sample) => {
      try {
        return parser(sample)();
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(new Set(said).size).toBe(refuse.length);
  });

  it.each(refuse)("refuses $file: $refuse", (sample) => {
    const { file } = sample;
    const parse = parser(sample);
    expect(parse).toThrow(expect.objectContaining({ name: "MetadataInvalid" }));
    expect(parse).toThrow(REASONS[file] ?? /an expectation for this file/);
  });
});
