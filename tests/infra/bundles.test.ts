import { pathToFileURL } from "node:url";
import type { LocalHostOptions } from "@landbridge/host/local-host";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantsOf } from "../../infra/permissions.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { type Bundled, bundleEverything, bundleLimit } from "./bundled.ts";

/** Clients of the SDK by the prefix of their actions. */
const CLIENTS: Readonly<Record<string, string>> = {
  dynamodb: "client-dynamodb",
  events: "client-eventbridge",
  identitystore: "client-identitystore",
  lambda: "client-lambda",
  organizations: "client-organizations",
  s3: "client-s3",
  secretsmanager: "client-secrets-manager",
  sso: "client-sso-admin",
  states: "client-sfn",
  sts: "client-sts",
};

let bundled: Bundled;

const loadBundle: NonNullable<LocalHostOptions["load"]> = (name) =>
  import(pathToFileURL(`${bundled.folder}/${name}/index.mjs`).href);

beforeAll(async () => {
  bundled = await bundleEverything();
}, 300_000);
afterAll(() => bundled.remove());

describe("a bundle", () => {
  it("is small enough to start fast: the webhook 50 KB, the API 765 KB, others 700 KB", () => {
    const tooLarge = [...bundled.bundles]
      .filter(([name, { bytes }]) => bytes > bundleLimit(name) * 1000)
      .map(([name, { bytes }]) => `${name}: ${bytes}`);
    expect(tooLarge).toEqual([]);
  });

  it("carries the clients that its permissions are for, and no other", () => {
    for (const [name, { inputs }] of bundled.bundles) {
      const carried = Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .flatMap(([file]) => /@aws-sdk\/(client-[\w-]+)\//.exec(file)?.[1] ?? []);
      // A deployment chooses one of the two ways to sign in to Entra when it starts.
      const grants = [...grantsOf(name, "federated"), ...grantsOf(name, "client-secret")];
      const services = grants.flatMap(({ actions }) => actions).map((action) => action.split(":")[0] ?? "");
      const wanted = new Set(services.map((service) => CLIENTS[service]));
      expect(
        [...new Set(carried)].filter((client) => !wanted.has(client)),
        name,
      ).toEqual([]);
    }
  });
});

describe("flows that run in bundles", () => {
  // Not on a virtual clock: each bundle has its own SDK, which first looks for configuration files, in real time.
  it("connect, give access and watch as they do from their sources", async () => {
    const host = await aFlowHost({ load: loadBundle, speed: 30 });
    const runs = [...(await host.run("connect", {}, silent)), ...(await host.run("watch", {}, silent))];
    for (const { name, status, error, cause } of runs) {
      expect({ name, status, error, cause }).toEqual({ name, status: "SUCCEEDED", error: null, cause: null });
    }
    expect(host.sandbox.assignments()).toHaveLength(8);
  }, 180_000);
});
