import type { ConcernReport, DoctorReport, HealthDocument, ProvisionReport } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { renderResult } from "../demo/render-result.ts";
import { renderFailure } from "../flows/failure.ts";
import { renderDiagnosis } from "../doctor/render-diagnosis.ts";
import { renderProvisioning } from "../provision/render-provisioning.ts";
import { renderHealth } from "../status/render-health.ts";
import { renderGuide } from "../tasks/render-guide.ts";
import { makeProgress } from "./progress.ts";

/** Clears the line and writes another, hides what follows, turns the direction, breaks the line. */
const NAME = "Ops\u001b[2K\r✓ approved\u001b[8m\u202etxt.exe\u2066\n✓ done";
const plain = (_: unknown, shown: string) => shown;

function health(): HealthDocument {
  const subjects = [{ name: NAME, reason: NAME }];
  const finding = { code: "ForeignAccess", severity: "notice", what: NAME, why: NAME, remedy: NAME } as const;
  const concern: ConcernReport = {
    concern: "access-drift",
    checkedAt: "2026-11-24T05:30:00.000Z",
    outcome: "checked",
    state: NAME,
    expiresAt: null,
    findings: [{ ...finding, subjects }],
    figures: {},
  };
  return {
    version: 1,
    checkedAt: "2026-11-24T05:30:00.000Z",
    worst: "notice",
    connection: {
      applicationName: NAME,
      tenantId: NAME,
      instanceArn: null,
      portalUrl: null,
      connectedAt: null,
    },
    concerns: [concern],
  };
}

const provisioning = {
  type: "GROUP",
  name: NAME,
  result: "refused",
  reason: NAME,
  remedy: NAME,
  members: { arrived: 0, total: 1, leftBehind: [{ name: NAME, reason: NAME }] },
  notes: [NAME],
} as unknown as ProvisionReport;

const diagnosis = {
  worst: "critical",
  checks: [{ side: "Entra", check: "groups", status: "critical", what: NAME, remedy: NAME }],
} as unknown as DoctorReport;

async function progress(): Promise<string> {
  const err = new PassThrough();
  const shown = makeProgress({ err, variables: {} });
  shown.emit("warning.raised", { message: NAME });
  shown.emit("foreign-change.seen", { operation: NAME, actor: NAME, accountId: NAME });
  shown.emit("event.not-understood", { source: NAME, detailType: NAME, reason: NAME });
  err.end();
  return text(err);
}

const result = {
  assignments: { desired: 1, created: 1, deleted: 0, failed: 0 },
  provisioned: { users: 1, groups: 1 },
  connection: { portalUrl: null, tokenExpiresAt: null, certificateExpiresAt: null },
  calls: {},
} as never;

const SHOWN: readonly (readonly [string, () => string | Promise<string>])[] = [
  ["progress", progress],
  ["status", () => renderHealth(health(), { now: 0, style: plain })],
  ["provision", () => renderProvisioning(provisioning, plain)],
  ["doctor", () => renderDiagnosis(diagnosis, plain)],
  ["failures", () => renderFailure({ flow: "connect", state: null, error: "Unexpected", message: NAME })],
  ["the demo", () => renderResult(result, [{ principal: NAME, permissionSet: "Ops", accounts: 1 }])],
  [
    "tasks",
    () =>
      renderGuide({ title: NAME, why: NAME, warnings: [NAME], steps: [NAME], next: "" }, plain).join("\n"),
  ],
];

describe("what anybody may have named", () => {
  it.each(SHOWN)("neither moves nor hides anything in %s", async (_, show) => {
    const shown = await show();
    expect(shown).toContain("Ops");
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each(SHOWN.filter(([where]) => where !== "failures"))("makes up no line in %s", async (_, show) => {
    expect(await show()).not.toMatch(/^✓ done/m);
  });
});
