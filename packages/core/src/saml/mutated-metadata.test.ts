import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { parseFederationMetadata } from "./federation-metadata.ts";
import {
  SAMPLE_FEDERATION,
  SAMPLE_INSTANCE,
  SAMPLE_SERVICE_PROVIDER,
  SAMPLE_TENANT,
} from "../../test-support/sample-metadata.ts";
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

const REFUSALS = ["MetadataInvalid", "MetadataOfAnotherRegion", "MetadataOfAnotherInstance"] as const;

/** The value, or undefined when it was refused in a way that callers know. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    expect(isFlowError(error, ...REFUSALS), String(error)).toBe(true);
    return undefined;
  }
}

const cuts = fc.array(cut, { minLength: 1, maxLength: 3 });

/** A host label or identity store id, near the real one and far from it. */
const label = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{1,20}$/),
  fc.constantFrom(
    "eu-central-2",
    "us-east-1",
    "eu-central-1.evil",
    "eu-central-1@x",
    "eu-central-1/..",
    "EU-CENTRAL-1",
  ),
);

describe("metadata with something changed in it", () => {
  it("of AWS is refused by name or leads to AWS anyway", () => {
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

  it("never counts as the instance's when its region or identity store is another", () => {
    fc.assert(
      fc.property(label, fc.integer({ min: 0, max: 2 }), fc.boolean(), (other, place, ofStore) => {
        const own = ofStore ? SAMPLE_INSTANCE.identityStoreId : SAMPLE_INSTANCE.region;
        fc.pre(other !== own);
        const parts = SAMPLE_SERVICE_PROVIDER.split(own);
        const at = place % (parts.length - 1);
        const xml = [parts.slice(0, at + 1).join(own), parts.slice(at + 1).join(own)].join(other);
        expect(attempt(() => parseServiceProviderMetadata(xml, SAMPLE_INSTANCE))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it("of Entra is refused by name or leads to the tenant anyway", () => {
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
