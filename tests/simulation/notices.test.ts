import { Random } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { silent } from "../support/flow-host.ts";
import { aWatchedCompany, MINUTE, type WatchedCompany } from "../support/notices.ts";

function isHandshake(request: Request): boolean {
  return new URL(request.url).searchParams.has("validationToken");
}

function nothingYet(_request: Request): Promise<Response> {
  return Promise.reject(new Error("Graph has sent nothing yet"));
}

const taken = () => new Response(null, { status: 202 });

/** Checked by a full run that only plans. */
async function expectConverged({ host }: WatchedCompany): Promise<void> {
  const [run] = await host.run("sync-access", { scope: "full", mode: "plan" }, silent);
  const desired = host.sandbox.assignments().length;
  expect(run).toMatchObject({ status: "SUCCEEDED", output: { assignments: { desired } } });
}

/** How many times each group was read. */
function looks({ runs }: WatchedCompany): number[] {
  const counts = new Map<string, number>();
  for (const { scope, ids = [] } of runs) {
    for (const id of scope === "full" ? ["all"] : ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe("notifications", () => {
  it("a thousand for 50 groups within a minute cost at most two looks at each group, and converge", async () => {
    let webhook = nothingYet;
    const company = await aWatchedCompany({
      groups: 50,
      async deliver(request, next) {
        webhook = next;
        return isHandshake(request) ? next(request) : taken();
      },
    });
    const { host, nest, notice } = company;
    const groups = host.sandbox.entra.groups().map(({ id }) => id);
    for (let index = 0; index < 1000; index += 1) {
      if (index % 100 === 50) nest(index / 50);
      await webhook(notice([groups[index % 50] ?? ""]));
      await host.deps.clock.sleep(60);
    }
    const drains = (await host.deps.executions.list("drain-changes")).length;
    await host.deps.clock.sleep(20 * MINUTE);

    expect(Math.max(...looks(company))).toBeLessThanOrEqual(2);
    expect(host.sandbox.assignments()).toHaveLength(60);
    // Two windows of a minute, and what connect had set off before.
    expect(drains).toBeLessThan(10);
    await expectConverged(company);
  }, 120_000);

  it("that are all lost are made up for by the scheduled full run alone", async () => {
    const company = await aWatchedCompany({
      groups: 5,
      deliver: async (request, next) => (isHandshake(request) ? next(request) : taken()),
    });
    const { host, nest } = company;
    const { bus, scheduler, stateMachineArns } = host.runtime;
    // Nothing else may find it: no delta query, no event of AWS.
    scheduler.delete("keep-subscriptions");
    for (const { name } of bus.rules.all) bus.rules.setState(name, "DISABLED");
    nest(3);
    await host.deps.clock.sleep(12 * 60 * MINUTE);
    expect(host.sandbox.assignments()).toHaveLength(5);

    const { managementAccountId } = host.sandbox.states.organization;
    scheduler.create({
      Name: "full-run",
      ScheduleExpression: "rate(1 day)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: stateMachineArns.get("sync-access") ?? "",
        RoleArn: `arn:aws:iam::${managementAccountId}:role/landbridge-schedules`,
        Input: JSON.stringify({ scope: "full", mode: "apply" }),
      },
    });
    await host.deps.clock.sleep(25 * 60 * MINUTE);

    expect(host.sandbox.assignments()).toHaveLength(6);
    await expectConverged(company);
  });

  it("that are all lost are found by the delta query within the hour", async () => {
    const company = await aWatchedCompany({
      groups: 5,
      deliver: async (request, next) => (isHandshake(request) ? next(request) : taken()),
    });
    company.nest(3);
    await company.host.deps.clock.sleep(75 * MINUTE);

    expect(company.host.sandbox.assignments()).toHaveLength(6);
  });

  it("that are forged cost a read of the table every ten seconds at most, and nothing else", async () => {
    let webhook = nothingYet;
    const company = await aWatchedCompany({
      groups: 2,
      async deliver(request, next) {
        webhook = next;
        return next(request);
      },
    });
    const { host, notice, runs } = company;
    const before = host.sandbox.calls.calls.length;
    const [group] = host.sandbox.entra.groups();
    const start = host.deps.clock.now();
    for (let index = 0; index < 200; index += 1) {
      const forged = [{ clientState: "guess" }, { subscriptionId: "guess" }, { tenantId: "guess" }][
        index % 3
      ];
      expect((await webhook(notice([group?.id ?? ""], forged))).status).toBe(202);
      await host.deps.clock.sleep(100);
    }
    const seconds = (host.deps.clock.now() - start) / 1000;
    const counts = host.sandbox.calls.count(before);

    expect(counts["dynamodb"]?.["Query"] ?? 0).toBeLessThanOrEqual(1 + seconds / 10);
    expect(counts["dynamodb"]?.["UpdateItem"]).toBeUndefined();
    await host.deps.clock.sleep(5 * MINUTE);
    expect(runs).toEqual([]);
  });

  it.each([1, 2, 4])(
    "lost, repeated, reordered and forged, come to what the policy says (seed %i)",
    async (seed) => {
      const random = new Random(seed);
      const company = await aWatchedCompany({
        groups: 6,
        seed,
        async deliver(request, next) {
          if (isHandshake(request)) return next(request);
          const fate = random.next();
          if (fate < 0.3) return taken();
          if (fate < 0.4) return new Response(null, { status: 503 });
          await company.host.deps.clock.sleep(random.next() * 2_000);
          if (fate < 0.6) await next(request.clone());
          if (fate < 0.7)
            await next(company.notice(["0bc7d487-fd6f-41a0-8362-71ec81074f11"], { clientState: "?" }));
          return next(request);
        },
      });
      const { host, nest, unnest } = company;
      const nested: { index: number; id: string }[] = [];
      for (let change = 0; change < 12; change += 1) {
        const index = Math.floor(random.next() * 6);
        const old = nested.length > 2 && random.next() < 0.4 ? nested.shift() : undefined;
        if (old) unnest(old.index, old.id);
        else nested.push({ index, id: nest(index) });
        await host.deps.clock.sleep(random.next() * 10 * MINUTE);
      }
      // The next delta query finds the rest.
      await host.deps.clock.sleep(80 * MINUTE);

      expect(host.sandbox.assignments()).toHaveLength(6 + nested.length);
      await expectConverged(company);
    },
    120_000,
  );
});
