import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "../test-support/fake-aws.ts";

const NAME = "landbridge/scim-token";
const VERSION = "00000000-0000-4000-8000-000000000001";
const MARCH = Date.parse("2026-03-01T08:00:00Z") / 1000;

describe("the token supplier", () => {
  it("finds the version that somebody labelled as candidate, and when it was put there, without its value", async () => {
    const { tokenSupplier, sent } = awsOn({
      GetSecretValue: { VersionId: VERSION, CreatedDate: MARCH, SecretString: "the token" },
    });
    expect(await tokenSupplier.supply(NAME)).toEqual({
      secret: { name: NAME, versionId: VERSION },
      suppliedAt: "2026-03-01T08:00:00.000Z",
    });
    expect(sent("GetSecretValue")).toEqual([{ SecretId: NAME, VersionStage: "CANDIDATE" }]);
  });

  it("supplies nothing when no version has the label", async () => {
    const { tokenSupplier } = awsOn({
      GetSecretValue: refusal("ResourceNotFoundException", "no such stage"),
    });
    expect(await tokenSupplier.supply(NAME)).toBeNull();
  });

  it("does not take a refusal for an absence", async () => {
    const { tokenSupplier } = awsOn({ GetSecretValue: refusal("AccessDeniedException") });
    await expect(tokenSupplier.supply(NAME)).rejects.toMatchObject({ name: "AccessDenied" });
  });
});
