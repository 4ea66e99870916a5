import { existsSync, readFileSync } from "node:fs";
import { contractLayer } from "@landbridge/contract-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeVirtualClock } from "../kernel/virtual-clock.ts";
import { Bucket } from "../s3/state.ts";
import { createSandbox } from "../sandbox.ts";
import { DirectoryFile } from "../seed/directory-file.ts";
import { OrganizationFile } from "../seed/organization-file.ts";
import { ORGANIZATION } from "../../test-support/test-sandbox.ts";
import type { ServiceEvent } from "./service-event.ts";

const FOLDER = new URL("../../../../../shared/contracts/events/", import.meta.url);
const isThere = existsSync(FOLDER);
const DAY = 86_400_000;

function aTellingSandbox() {
  const clock = makeVirtualClock();
  const told: ServiceEvent[] = [];
  const sandbox = createSandbox({
    organization: OrganizationFile.parse(ORGANIZATION),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" } }),
    clock,
    layers: [contractLayer("simulator")],
    publish: (event) => told.push(event),
  });
  onTestFinished(() => sandbox.close());
  const InstanceArn = sandbox.states.identityCenter.instanceArn;
  return {
    sandbox,
    clock,
    told,
    sso: (operation: string, input: object, role = "admin") =>
      sandbox.fetch(
        new Request("http://127.0.0.1/sso-admin/", {
          method: "POST",
          headers: {
            "x-amz-target": `SWBExternalService.${operation}`,
            authorization: `AWS4-HMAC-SHA256 Credential=${role}/20260101/eu-central-1/sso/aws4_request, SignedHeaders=host, Signature=0`,
          },
          body: JSON.stringify({ InstanceArn, ...input }),
        }),
      ),
    async scim(method: string, path: string, body: unknown) {
      const endpoint = sandbox.states.scim.enable();
      const { token } = sandbox.states.scim.createToken();
      const headers = { authorization: `Bearer ${token}` };
      return sandbox.network(new Request(endpoint + path, { method, headers, body: JSON.stringify(body) }));
    },
    /** Everything reported within five minutes. */
    async later() {
      await clock.sleep(300_000);
      return told;
    },
  };
}

function published(name: string): { event: ServiceEvent } {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as { event: ServiceEvent };
}

/** Every member of the published event that code may use, by its path. */
function has(event: unknown, sample: unknown): string[] {
  if (typeof sample !== "object" || sample === null || Array.isArray(sample)) return [];
  return Object.entries(sample).flatMap(([name, value]) => {
    const own = (event as Record<string, unknown> | null)?.[name];
    return own === undefined ? [name] : has(own, value).map((path) => `${name}.${path}`);
  });
}

/** What the bus adds, and what nothing may need. */
const LEFT_OUT =
  /^(version|id|account|time)$|detail\.(sourceIPAddress|userAgent|requestID|eventID|recipientAccountId)|principalId|tlsDetails|accessKeyId|accountName|Timestamp|invokedBy|awsRegion|readOnly|managementEvent|eventCategory|eventVersion|eventTime|userIdentity$|requestParameters$|responseElements$|responseElements\.(meta|schemas|accountAssignment)|message|^resources$|^region$|userIdentity\.accountId/;

describe("what the services of AWS tell the bus", () => {
  it("is nothing about a call that only reads", async () => {
    const { sso, later } = aTellingSandbox();
    await sso("ListPermissionSets", {});
    expect(await later()).toEqual([]);
  });

  it("says who made a permission set, under which role, and what was refused", async () => {
    const { sso, later } = aTellingSandbox();
    await sso("CreatePermissionSet", { Name: "Admin" }, "kim");
    await sso("CreatePermissionSet", { Name: "Admin" }, "kim");
    const [first, second] = await later();
    expect(first).toMatchObject({
      source: "aws.sso",
      "detail-type": "AWS API Call via CloudTrail",
      detail: {
        eventName: "CreatePermissionSet",
        requestParameters: { name: "Admin" },
        userIdentity: { arn: expect.stringContaining(":assumed-role/kim/") },
      },
    });
    expect([first, second].map((event) => event?.detail["errorCode"])).toContain("ConflictException");
  });

  it("hides names in what SCIM writes, not ids", async () => {
    const { scim, later } = aTellingSandbox();
    const answer = await scim("POST", "/Groups", { displayName: "Top secret", externalId: "x-1" });
    const { id } = (await answer.json()) as { id: string };
    const events = await later();
    expect(JSON.stringify(events)).not.toContain("Top secret");
    expect(events).toContainEqual(
      expect.objectContaining({
        detail: expect.objectContaining({
          eventSource: "identitystore-scim.amazonaws.com",
          eventName: "CreateGroup",
          responseElements: expect.objectContaining({ id }),
        }),
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        source: "aws.identitystore",
        "detail-type": "Group Created",
        resources: expect.arrayContaining([expect.stringContaining(id)]),
      }),
    );
  });

  it("is that an object was written, by S3", async () => {
    const { sandbox, later } = aTellingSandbox();
    const bucket = new Bucket(0);
    sandbox.states.buckets.set("store", bucket);
    const write = async (body: string) => {
      const url = "http://127.0.0.1/s3/store/policy/access.yaml";
      const { headers } = await sandbox.fetch(new Request(url, { method: "PUT", body }));
      await later();
      return { etag: headers.get("etag")?.replaceAll('"', ""), version: headers.get("x-amz-version-id") };
    };
    const first = await write("text");
    bucket.versioning = "Enabled";
    const second = await write("longer text");
    const events = await later();
    const key = "policy/access.yaml";
    const [one, two] = events.map(({ detail }) => detail["object"] as Record<string, unknown>);
    expect(events.map((event) => [event.source, event["detail-type"], event.detail["bucket"]])).toEqual(
      [1, 2].map(() => ["aws.s3", "Object Created", { name: "store" }]),
    );
    const sequencer: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(one).toEqual({ key, size: 4, etag: first.etag, sequencer });
    expect(two).toEqual({ key, size: 11, etag: second.etag, "version-id": second.version, sequencer });
    expect(String(two?.["sequencer"]) > String(one?.["sequencer"])).toBe(true);
  });

  it("announces the end of a token from 90 days before, daily at last, and no more once it is deleted", async () => {
    const { sandbox, clock, told } = aTellingSandbox();
    sandbox.states.scim.enable();
    const token = sandbox.states.scim.createToken();
    await clock.sleep(274 * DAY);
    expect(told).toEqual([]);
    await clock.sleep(86 * DAY + 3_600_000);
    const last = told.length;
    expect(last).toBe(30);
    sandbox.states.scim.tokens.delete(token.id);
    await clock.sleep(10 * DAY);
    expect(told).toHaveLength(last);
  });
});

const title = isThere
  ? "events that are told have what the published ones have"
  : "events that are told have what the published ones have (skipped: ../shared/contracts/events is not there)";

describe.skipIf(!isThere)(title, () => {
  it.each([
    ["organizations-create-account-result", "aws.organizations"],
    ["control-tower-create-managed-account", "aws.controltower"],
  ])("%s", async (name, source) => {
    const { sandbox, later } = aTellingSandbox();
    sandbox.administrator.createManagedAccount("New", "Workloads");
    const event = (await later()).find((one) => one.source === source);
    expect(has(event, published(name).event).filter((path) => !LEFT_OUT.test(path))).toEqual([]);
  });

  it("organizations-move-account", async () => {
    const { sandbox, later } = aTellingSandbox();
    sandbox.administrator.moveAccount("222222222222", "Production");
    const [event] = await later();
    expect(
      has(event, published("organizations-move-account").event).filter((path) => !LEFT_OUT.test(path)),
    ).toEqual([]);
  });

  it("cloudtrail-sso-directory-add-member", async () => {
    const { sandbox, later } = aTellingSandbox();
    const { identityStore } = sandbox.states;
    const group = identityStore.createGroup({ displayName: "Ops" });
    sandbox.administrator.addMember(group.id, "a-user");
    const event = (await later()).find(({ detail }) => detail["eventName"] === "AddMemberToGroup");
    const sample = published("cloudtrail-sso-directory-add-member").event;
    expect(has(event, sample).filter((path) => !LEFT_OUT.test(path))).toEqual([]);
  });

  it("health-scim-token-expiry", async () => {
    const { sandbox, clock, told } = aTellingSandbox();
    sandbox.states.scim.enable();
    sandbox.states.scim.createToken();
    await clock.sleep(276 * DAY);
    const known = ["service", "eventTypeCode", "eventTypeCategory", "backupEvent"];
    const sample = published("health-scim-token-expiry").event.detail;
    for (const member of known) expect(told[0]?.detail[member], member).toEqual(sample[member]);
  });
});
