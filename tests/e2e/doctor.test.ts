import type { DoctorReport } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { cliOf } from "../support/run-cli.ts";
import { smallOrganization } from "../support/small-company.ts";

const WRITES = /^(Put|Create|Update|Delete|Batch|Add|POST|PATCH|PUT|DELETE)/;

async function diagnose(
  host: Parameters<typeof cliOf>[0],
): Promise<{ exitCode: number; checks: DoctorReport["checks"] }> {
  const { exitCode, out, err } = await cliOf(host).run("doctor", "--json");
  expect(out, err).toMatch(/^\{/);
  return { exitCode, checks: (JSON.parse(out) as DoctorReport).checks };
}

function statusOf(checks: DoctorReport["checks"], check: string): string[] {
  return checks.filter((one) => one.check === check).map(({ status }) => status);
}

describe("landbridge doctor", () => {
  it("tries both sides before connect, and writes nothing", async () => {
    const host = await aFlowHost({ speed: 100 });
    const before = host.sandbox.calls.calls.length;

    const doctor = await cliOf(host).run("doctor");

    expect(doctor, doctor.err).toMatchObject({ exitCode: 0 });
    expect(doctor.out).toMatch(/✓ instance and region +arn:aws:sso:::instance\/\S+ in eu-central-1/);
    expect(doctor.out).toMatch(/✓ Graph permissions +all required permissions are granted/);
    expect(doctor.out).toMatch(/– provisioning job +no provisioning job yet/);
    expect(doctor.out).toMatch(/✓ login\.microsoftonline\.com +answers/);
    expect(doctor.out).toContain("20 checks: 2 skipped, 18 ok");
    const calls = Object.values(host.sandbox.calls.count(before)).flatMap((counts) => Object.keys(counts));
    // Signing in changes nothing.
    expect(calls.filter((operation) => WRITES.test(operation))).toEqual(["POST /oauth2/v2.0/token"]);
  });

  it("has nothing left to skip after connect", async () => {
    const host = await aFlowHost({ speed: 100 });
    await host.run("connect", {}, silent);

    const { exitCode, checks } = await diagnose(host);

    expect(exitCode).toBe(0);
    expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(["ok"]));
  });

  it("names each Graph permission that is missing, exactly, with the remedy", async () => {
    const host = await aFlowHost({ speed: 100 });
    host.sandbox.entra.grant([
      "Application.ReadWrite.OwnedBy",
      "Application.Read.All",
      "GroupMember.Read.All",
      "User.Read.All",
      "Organization.Read.All",
      "AuditLog.Read.All",
      "Directory.Read.All",
    ]);

    const { exitCode, checks } = await diagnose(host);

    expect(exitCode).toBe(3);
    expect(checks.filter(({ status }) => status !== "ok" && status !== "skipped")).toEqual([
      {
        side: "Entra",
        check: "Graph permissions",
        status: "critical",
        what: "lacks AppRoleAssignment.ReadWrite.All to assign groups and users to the enterprise application",
        remedy: expect.stringContaining("admin consent") as string,
      },
    ]);
  });

  it("tells a delegated administrator what they cannot do, and continues", async () => {
    const organization = smallOrganization();
    const host = await aFlowHost({
      speed: 100,
      organization: { ...organization, delegatedAdministrator: "Shop" },
    });

    const { exitCode, checks } = await diagnose(host);

    expect(statusOf(checks, "administration")).toEqual(["notice"]);
    expect(checks.find(({ check }) => check === "administration")?.what).toContain("delegated administrator");
    expect(exitCode).toBe(0);
  });

  it("one failure is a line of its own: the other checks are still done", async () => {
    const host = await aFlowHost({ speed: 100 });
    const variables = {
      ...host.variables,
      LANDBRIDGE_BUCKET: "not-there",
      LANDBRIDGE_TENANT_ID: "00000000-1111-4222-8333-444444444444",
    };

    const { exitCode, checks } = await diagnose({ variables });

    expect(exitCode).toBe(3);
    expect(statusOf(checks, "bucket and access policy")).toEqual(["critical"]);
    expect(statusOf(checks, "sign-in to Microsoft Graph")).toEqual(["critical"]);
    expect(statusOf(checks, "Graph permissions")).toEqual(["skipped"]);
    expect(statusOf(checks, "organization")).toEqual(["ok"]);
    for (const { status, remedy } of checks) if (status === "critical") expect(remedy).toBeTruthy();
  });
});
