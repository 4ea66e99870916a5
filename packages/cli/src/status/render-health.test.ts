import type { ConcernReport, HealthDocument } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { renderHealth, severityNow } from "./render-health.ts";

const NOW = Date.parse("2026-11-24T08:30:00.000Z");
const HOUR = 3_600_000;

function report(facts: Partial<ConcernReport>): ConcernReport {
  return {
    concern: "scim-token",
    checkedAt: "2026-11-24T05:30:00.000Z",
    outcome: "checked",
    state: "good until 2027-03-01",
    expiresAt: "2027-03-01T00:00:00.000Z",
    findings: [],
    figures: {},
    ...facts,
  };
}

function documentOf(concerns: ConcernReport[], facts: Partial<HealthDocument> = {}): HealthDocument {
  return {
    version: 1,
    checkedAt: "2026-11-24T05:30:00.000Z",
    worst: "ok",
    connection: {
      applicationName: "AWS IAM Identity Center",
      tenantId: null,
      instanceArn: null,
      portalUrl: null,
      connectedAt: null,
    },
    concerns,
    ...facts,
  };
}

function render(document: HealthDocument, now = NOW): string {
  return renderHealth(document, { now, style: (_, text) => text });
}

describe("the status", () => {
  it("says when it was checked, and counts the time left from now", () => {
    const text = render(documentOf([report({})]), NOW + 30 * HOUR);
    expect(text).toContain("Checked 2026-11-24 05:30 UTC, 33 hours ago: everything is in order");
    expect(text).toContain("✓ SCIM token            good until 2027-03-01, 95 days left");
  });

  it("shows findings by severity, the worst first, with what, whom, why and remedy", () => {
    const notice = {
      code: "ForeignAccess",
      severity: "notice",
      what: "9 of them.",
      why: "w1",
      remedy: "m1",
    } as const;
    const critical = {
      code: "ScimTokenExpired",
      severity: "critical",
      what: "Over.",
      why: "w2",
      remedy: "m2",
    } as const;
    const text = render(
      documentOf([
        report({ concern: "access-drift", findings: [{ ...notice, subjects: [] }] }),
        report({ findings: [{ ...critical, subjects: [{ name: "ada", reason: "gone" }] }] }),
      ]),
    );
    expect(text).toContain("1 critical, 1 notice");
    expect(text).toMatch(
      /✗ Critical ScimTokenExpired\n {2}Over\.\n {4}ada: gone\n {2}Why {5}w2\n {2}Remedy {2}m2/,
    );
    expect(text.indexOf("ScimTokenExpired")).toBeLessThan(text.indexOf("ForeignAccess"));
  });

  it("marks what there is nothing to look at yet differently from what is in order", () => {
    const text = render(
      documentOf([report({ outcome: "not-applicable", state: "no token yet", expiresAt: null })]),
    );
    expect(text).toContain("– SCIM token            no token yet\n");
  });

  it("is a warning at least when nobody has looked for a day and a half", () => {
    const document = documentOf([report({})]);
    expect(severityNow(document, NOW + 30 * HOUR)).toBe("ok");
    expect(severityNow(document, NOW + 40 * HOUR)).toBe("warning");
    expect(severityNow({ ...document, worst: "critical" }, NOW + 40 * HOUR)).toBe("critical");
    const text = render(document, NOW + 100 * HOUR);
    expect(text).toContain("The watch has not run for more than 36 hours");
    expect(text).toContain("(looked at 4 days ago)");
  });
});
