import { describe, expect, it } from "vitest";
import { readConnection } from "@landbridge/core";
import { silent } from "../support/flow-host.ts";
import { aConnectedHost } from "../support/rotation.ts";

describe("rotate-token", () => {
  it("does nothing while the token has more than 60 days", async () => {
    const { host } = await aConnectedHost();
    const [report] = await host.run("rotate-token", {}, silent);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "not-due", daysLeft: 364 } });
  });
  it("forced", async () => {
    const { host } = await aConnectedHost();
    const before = await readConnection(host.deps.records);
    const [report] = await host.run("rotate-token", { force: true, reason: "leak" }, silent);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
  });
});
