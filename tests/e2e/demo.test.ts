import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

describe("landbridge demo, the built-in company", () => {
  it("gives 718 assignments, 189 users and 27 groups, and says so in one JSON document", async () => {
    const { exitCode, out, err } = await runCli("demo", "--json", "--speed", "60");

    expect(exitCode, err).toBe(0);
    const result = JSON.parse(out);
    expect(result.flows.map((flow: { name: string; status: string }) => [flow.name, flow.status])).toEqual([
      ["connect", "SUCCEEDED"],
      ["sync-access", "SUCCEEDED"],
    ]);
    for (const { states } of result.flows) {
      for (const state of states)
        expect(state).toEqual({
          name: expect.any(String),
          status: "SUCCEEDED",
          durationMs: expect.any(Number),
        });
    }
    expect(result.assignments).toEqual({ desired: 718, created: 718, deleted: 0, failed: 0 });
    expect(result.provisioned).toEqual({ users: 189, groups: 27 });
    expect(result.calls["sso-admin"].CreateAccountAssignment).toBeGreaterThanOrEqual(718);
    expect(result.connection.portalUrl).toMatch(/^https:\/\/d-\w+\.awsapps\.com\/start$/);
    expect(result.connection.tokenExpiresAt).toMatch(/^\d{4}-/);
    expect(err).toContain("connect RecordConnection");
  });
});
