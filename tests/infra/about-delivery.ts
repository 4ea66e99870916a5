import { existsSync, readdirSync, readFileSync } from "node:fs";
import { listRouteKeys } from "@landbridge/api";
import { expect, it } from "vitest";
import { compilePattern } from "../../packages/local/src/event-bus/pattern/compile-pattern.ts";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { resourceNamed, resourcesOf, ROOT } from "./synthesis.ts";

const SAMPLES = `${ROOT}../shared/contracts/events/`;
const hasSamples = existsSync(SAMPLES);
const samples = hasSamples ? readdirSync(SAMPLES) : [];

/** Rules that match a sample, by the prefix of its name; the longest one counts. */
const HEARD: Readonly<Record<string, readonly string[]>> = {
  "cloudtrail-identitystore-": ["directory-by-hand"],
  "cloudtrail-sso-": ["assignments-by-hand"],
  "cloudtrail-sso-directory-": ["directory-by-hand"],
  "control-tower-": ["control-tower"],
  // Graph calls the webhook.
  "graph-": [],
  "health-scim-token-expiry": ["rotate-expiring-token", "scim-token-expiry"],
  "identitystore-": ["identity-store"],
  // A user's name gives no access.
  "identitystore-user-updated": [],
  "organizations-": ["forwarded-accounts"],
  "scim-": ["scim"],
  "scim-patch-user": [],
};

export function aboutDelivery(made: () => Synthesis): void {
  const targets = () => resourcesOf(made(), "EventTarget");

  it.skipIf(!hasSamples).each(samples)(
    `hear %s${hasSamples ? "" : " (skipped: ../shared/contracts is not here)"}`,
    (file) => {
      const [begin = ""] = Object.keys(HEARD)
        .filter((key) => file.startsWith(key))
        .toSorted((a, b) => b.length - a.length);
      const { event = {} } = JSON.parse(readFileSync(SAMPLES + file, "utf8")) as { event?: object };
      const rules = resourcesOf(made(), "EventRule").filter(({ inputs }) =>
        compilePattern(String(inputs["eventPattern"]))(event),
      );
      expect(HEARD, `a rule, or a reason for none, for ${file}`).toHaveProperty([begin]);
      expect(rules.map(({ name }) => name.replace(/Rule$/, "")).toSorted()).toEqual(HEARD[begin]);
    },
  );

  it("hears a new version of the access policy, and of no other object", () => {
    const pattern = compilePattern(
      String(resourceNamed(made(), "EventRule", "policy-changedRule")["eventPattern"]),
    );
    expect(pattern(objectCreated("policy/access.yaml"))).toBe(true);
    expect(pattern(objectCreated("sync-access/reports/1.json"))).toBe(false);
    expect(resourceNamed(made(), "BucketNotification", "FilesEvents")).toMatchObject({ eventbridge: true });
  });

  it("keeps what cannot be delivered, from every rule and schedule and for every function that nobody waits for", () => {
    expect(targets().length).toBeGreaterThan(8);
    for (const { name, inputs } of targets()) {
      expect(inputs["deadLetterConfig"], name).toEqual({
        arn: expect.stringMatching(/:landbridge-production-dead-events$/),
      });
      expect(inputs["retryPolicy"], name).toBeDefined();
    }
    for (const { name, inputs } of resourcesOf(made(), "Schedule")) {
      expect(inputs["target"], name).toMatchObject({
        deadLetterConfig: { arn: expect.stringMatching(/:landbridge-production-dead-schedules$/) },
        retryPolicy: { maximumRetryAttempts: 10 },
      });
    }
    for (const name of ["events/mark-changes", "events/keep-subscriptions", "tasks/remind"]) {
      expect(resourceNamed(made(), "Function", name)["deadLetterConfig"]).toEqual({
        targetArn: expect.stringMatching(/:landbridge-production-dead-functions$/),
      });
    }
  });

  it("wakes somebody when anything is kept there", () => {
    const queues = resourcesOf(made(), "Queue").map(({ inputs }) => inputs["name"]);
    const watched = resourcesOf(made(), "MetricAlarm").flatMap(
      ({ inputs }) => (inputs["dimensions"] as { QueueName?: string } | undefined)?.QueueName ?? [],
    );
    expect(new Set(watched)).toEqual(new Set(queues));
  });

  it("lets each target be called by its own rule or schedule only", () => {
    for (const { name, inputs } of resourcesOf(made(), "Permission")) {
      expect(inputs["sourceArn"], name).toMatch(/^arn:aws:(events|execute-api):eu-central-1:123456789012:/);
    }
  });

  it("starts every flow that runs by itself with an example that stands next to it", () => {
    const schedules = resourcesOf(made(), "Schedule").map(({ inputs }) => ({
      name: inputs["name"],
      at: inputs["scheduleExpression"],
      input: (inputs["target"] as { input: string }).input,
    }));
    expect(schedules).toEqual([
      { name: "events-keep-subscriptions", at: "rate(1 hour)", input: "{}" },
      { name: "events-start-daily-sync", at: "cron(30 5 * * ? *)", input: "{}" },
      {
        name: "rotate-certificate",
        at: "cron(15 5 * * ? *)",
        input: example("rotate-certificate", "schedule"),
      },
      { name: "rotate-token", at: "cron(0 5 * * ? *)", input: example("rotate-token", "schedule") },
      { name: "tasks-remind", at: "cron(0 7 * * ? *)", input: "{}" },
      { name: "watch", at: "cron(30 6 * * ? *)", input: example("watch", "schedule") },
    ]);
  });

  it("asks every caller of the API who they are, and Graph alone for nothing", () => {
    const routes = resourcesOf(made(), "Route").map(
      ({ inputs }) => `${String(inputs["authorizationType"])} ${String(inputs["routeKey"])}`,
    );
    const operations = listRouteKeys();
    expect(operations).toEqual(
      expect.arrayContaining(["POST /v1/tasks/{id}/answer", "POST /v1/tasks/{id}/approval"]),
    );
    const expected = ["NONE POST /graph/notifications"];
    for (const key of operations) expected.push(`AWS_IAM ${key}`, `JWT ${key}`);
    expect(routes.toSorted()).toEqual(expected.toSorted());
  });
}

function objectCreated(key: string) {
  const bucket = { name: "landbridge-production-123456789012-eu-central-1" };
  return { source: "aws.s3", "detail-type": "Object Created", detail: { bucket, object: { key } } };
}

function example(flow: string, name: string): string {
  return JSON.stringify(
    JSON.parse(readFileSync(`${ROOT}stepfunctions/${flow}/examples/${name}.json`, "utf8")),
  );
}
