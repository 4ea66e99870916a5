import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { diagnoseNetwork } from "./diagnose-network.ts";

const clock = new VirtualClock();

function diagnose(askHost: (url: string) => Promise<number | null>) {
  return diagnoseNetwork({
    clock,
    tenantId: "5b6c1f70-2b3e-4c58-9d30-0a4e8b1c7d11",
    settings: { region: "eu-west-1" },
    probes: { askHost },
  });
}

async function clockOf(secondsAhead: number | null) {
  const at = secondsAhead === null ? null : clock.now() - secondsAhead * 1000;
  return (await diagnose(() => Promise.resolve(at))).find(({ check }) => check === "clock");
}

describe("the network", () => {
  it("reaches Microsoft's hosts and the SCIM host of the region", async () => {
    const checks = await diagnose(() => Promise.resolve(clock.now()));
    expect(checks.map(({ check, status }) => `${check} ${status}`)).toEqual([
      "login.microsoftonline.com ok",
      "graph.microsoft.com ok",
      "scim.eu-west-1.amazonaws.com ok",
      "clock ok",
    ]);
  });

  it("a host that does not answer is named with the reason, and does not hide the others", async () => {
    const checks = await diagnose((url) =>
      url.includes("graph")
        ? Promise.reject(new Error("getaddrinfo ENOTFOUND"))
        : Promise.resolve(clock.now()),
    );
    expect(checks.filter(({ status }) => status !== "ok")).toMatchObject([
      {
        check: "graph.microsoft.com",
        status: "critical",
        what: expect.stringContaining("ENOTFOUND") as string,
      },
    ]);
  });

  it("a clock that is a minute off is a warning, five minutes are critical, an unknown one is a warning", async () => {
    expect(await clockOf(30)).toMatchObject({ status: "ok" });
    expect(await clockOf(120)).toMatchObject({ status: "warning", what: "This clock is 120 s fast." });
    expect(await clockOf(-400)).toMatchObject({ status: "critical", what: "This clock is 400 s slow." });
    expect(await clockOf(null)).toMatchObject({ status: "warning" });
  });
});
