import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { contractLayer } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { makeScimProber } from "./scim-prober.ts";

const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";
const TOKEN = "canary-token-0123456789";
const CONFIG = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"] };
const USERS = { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], Resources: [] };
const SAMPLE = new URL(
  "../../../../shared/contracts/scim/examples/service-provider-config.json",
  import.meta.url,
);

interface Sent {
  readonly url: string;
  readonly authorization: string | null;
}

/** Answers the two reads one after the other. */
function probe(answers: readonly (Response | Error)[], connection = { endpoint: ENDPOINT, token: TOKEN }) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    return contractLayer("request")("scim", { fetch: answer }).fetch(request);
  };
  const answer = (request: Request): Response => {
    sent.push({ url: request.url, authorization: request.headers.get("authorization") });
    const given = answers[sent.length - 1];
    if (given === undefined) throw new Error("Nobody expects a further request");
    if (given instanceof Error) throw given;
    return given;
  };
  return { sent, done: makeScimProber({ fetch, region: "eu-central-1" }).probe(connection) };
}

const failureOf = (done: Promise<void>): Promise<unknown> => done.catch((error: unknown) => error);

describe("SCIM prober", () => {
  it("proves the token by two reads of the endpoint", async () => {
    const { sent, done } = probe([Response.json(CONFIG), Response.json(USERS)]);
    await done;
    expect(sent).toEqual([
      { url: `${ENDPOINT}/ServiceProviderConfig`, authorization: `Bearer ${TOKEN}` },
      { url: `${ENDPOINT}/Users?count=1`, authorization: `Bearer ${TOKEN}` },
    ]);
  });

  it.skipIf(!existsSync(SAMPLE))(
    "takes AWS's published sample of the configuration (skipped without ../shared/contracts)",
    async () => {
      const sample = JSON.parse(readFileSync(SAMPLE, "utf8")) as {
        exchanges: [{ response: { body: object } }];
      };
      await probe([Response.json(sample.exchanges[0].response.body), Response.json(USERS)]).done;
    },
  );

  it.each([
    [401, "ScimTokenRefused"],
    [403, "ScimTokenRefused"],
    [429, "Throttled"],
    [500, "ServiceUnavailable"],
    [503, "ServiceUnavailable"],
    [404, "ScimEndpointRefused"],
    [302, "ScimEndpointRefused"],
  ])("turns status %i into %s and repeats neither token nor answer", async (status, name) => {
    const answer = new Response(`{"detail":"${TOKEN}"}`, { status });
    const failure = await failureOf(probe([answer]).done);
    expect(failure).toMatchObject({ name, message: expect.stringContaining(String(status)) as string });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(TOKEN);
  });

  it("refuses a token that may read the configuration but no users", async () => {
    const { done } = probe([Response.json(CONFIG), new Response("", { status: 403 })]);
    await expect(done).rejects.toMatchObject({ name: "ScimTokenRefused" });
  });

  it.each([
    ["a web page", new Response("<html></html>")],
    ["JSON of something else", Response.json({ hello: "world" })],
    ["JSON that is no object", Response.json(null)],
    ["SCIM of another kind", Response.json(USERS)],
  ])("refuses an endpoint that answers with %s", async (_, answer) => {
    await expect(probe([answer]).done).rejects.toMatchObject({ name: "ScimEndpointRefused" });
  });

  it("says ServiceUnavailable when there is no answer", async () => {
    const { done } = probe([new TypeError("fetch failed")]);
    await expect(done).rejects.toMatchObject({ name: "ServiceUnavailable" });
  });

  it.each(["", `${TOKEN}\n`, `Bearer ${TOKEN}`, `${TOKEN}é`])(
    "sends no token that no header can carry: %j",
    async (token) => {
      const { sent, done } = probe([], { endpoint: ENDPOINT, token });
      const failure = await failureOf(done);
      expect(failure).toMatchObject({ name: "ScimTokenRefused" });
      expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(TOKEN);
      expect(sent).toEqual([]);
    },
  );

  it.each([
    ["ScimEndpointRefused", ENDPOINT.replace("amazonaws.com", "amazonaws.com.attacker.example")],
    ["ScimEndpointOfAnotherRegion", ENDPOINT.replace("eu-central-1", "us-east-1")],
  ])("says %s and sends nothing to %s", async (name, endpoint) => {
    const { sent, done } = probe([], { endpoint, token: TOKEN });
    expect(await failureOf(done)).toMatchObject({ name });
    expect(sent).toEqual([]);
  });

  it("follows no redirect, so that the token goes nowhere else", async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(String(request.url));
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const toServer: typeof fetch = (input, init) =>
        fetch(`http://127.0.0.1:${port}${new URL(new Request(input).url).pathname}`, init);
      const prober = makeScimProber({ fetch: toServer, region: "eu-central-1" });
      const done = prober.probe({ endpoint: ENDPOINT, token: TOKEN });
      await expect(done).rejects.toMatchObject({ name: "ScimEndpointRefused" });
      expect(paths).toEqual([`${new URL(ENDPOINT).pathname}/ServiceProviderConfig`]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
