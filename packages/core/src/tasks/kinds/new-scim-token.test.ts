import { describe, expect, it } from "vitest";
import { newScimToken } from "./new-scim-token.ts";

const IN_USE = "2027-03-01T08:00:00.000Z";
const FORMER = "2026-05-01T08:00:00.000Z";
const due = {
  ...newScimToken.sample,
  inUse: { ...newScimToken.sample.inUse, expiresAt: IN_USE },
};

function guideOf(subject: Partial<typeof due>) {
  const { title, why, warnings = [], steps } = newScimToken.guide({ ...due, ...subject });
  return { title, why, warnings: warnings.join("\n"), deletion: steps[2] };
}

describe("the task to generate a SCIM token", () => {
  it("says when the token in use ends, and to keep it until then", () => {
    const { why, warnings } = guideOf({});
    expect(why).toContain("expires on 2027-03-01");
    expect(warnings).toContain("Keep the token that expires on 2027-03-01");
  });

  it.each([
    [
      "the former one by its day, when it may still be listed",
      { formerExpiresAt: FORMER },
      "expires on 2026-05-01",
    ],
    ["the older one, when both end on the same day", { formerExpiresAt: IN_USE }, "the older one"],
    [
      "whichever Entra does not use, when Landbridge knows of no other",
      {},
      "does not expire on 2027-03-01, unless you gave it to another tool",
    ],
    ["the dead one, when AWS refuses it", { why: "refused" } as const, "expires, or expired, on 2027-03-01"],
  ])("names which of two tokens to delete first: %s", (_what, subject, said) => {
    expect(guideOf(subject).deletion).toContain(said);
  });

  it("does not ask to keep a token that AWS refuses, and says what stands still", () => {
    const { why, warnings } = guideOf({ why: "refused" });
    expect(why).toContain("AWS refuses the token that Entra has");
    expect(warnings).not.toContain("Keep");
    expect(warnings).toContain("nobody is provisioned");
  });

  it("says of a leak that there was one, and who reports it", () => {
    const { title, why } = guideOf({ why: "forced", reason: "leak", requestedBy: "Ada" });
    expect(title).toContain("leaked");
    expect(why).toContain("Ada reports that others may know the token");
  });
});
