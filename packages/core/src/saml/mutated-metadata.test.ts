import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { parseFederationMetadata } from "./federation-metadata.ts";
import {
  SAMPLE_FEDERATION,
  SAMPLE_INSTANCE,
  SAMPLE_SERVICE_PROVIDER,
  SAMPLE_TENANT,
} from "./sample-metadata.ts";
import { parseServiceProviderMetadata } from "./service-provider-metadata.ts";

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.nat(2_000),
  length: fc.nat(40),
  insert: fc.oneof(fc.constantFrom("", "&", "<", "<a>", '"', ">", "<!--", "://", ".", "\u0000"), fc.string()),
});

function apply(document: string, { at, length, insert }: Cut): string {
  const start = at % document.length;
  return document.slice(0, start) + insert + document.slice(start + length);
}

/** The value, or undefined when it was refused in the one way that callers know. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    expect(isFlowError(error, "MetadataInvalid"), String(error)).toBe(true);
    return undefined;
  }
}

const cuts = fc.array(cut, { minLength: 1, maxLength: 3 });

describe("metadata with something changed in it", () => {
  it("of AWS is refused as MetadataInvalid or leads to AWS all the same", () => {
    fc.assert(
      fc.property(cuts, (changes) => {
        const xml = changes.reduce(apply, SAMPLE_SERVICE_PROVIDER);
        const parsed = attempt(() => parseServiceProviderMetadata(xml, SAMPLE_INSTANCE));
        for (const { url } of parsed?.acs ?? []) {
          expect(new URL(url).host).toMatch(/^eu-central-1\.(sso\.)?signin\.aws(\.amazon\.com)?$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("of Entra is refused as MetadataInvalid or leads to the tenant all the same", () => {
    fc.assert(
      fc.property(cuts, (changes) => {
        const xml = changes.reduce(apply, SAMPLE_FEDERATION);
        const parsed = attempt(() => parseFederationMetadata(xml, SAMPLE_TENANT));
        if (parsed === undefined) return;
        expect(parsed.singleSignOnUrl).toBe(
          `https://login.microsoftonline.com/${SAMPLE_TENANT.tenantId}/saml2`,
        );
        expect(parsed.certificates.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
