import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { GivenResponse, SentRequest } from "../contract.ts";
import { Contracts } from "../contracts.ts";
import { startSimulatedServices } from "@landbridge/coverage";
import { INSTALLED_MODELS, SHARED_CONTRACTS } from "../places.ts";
import { readAwsModel } from "./aws-contract.ts";
import { AWS_MODELS } from "./aws-models.ts";
import { BOTOCORE } from "./botocore.ts";
import type { Model } from "./model.ts";

const SHARED_MODELS = `${SHARED_CONTRACTS}/aws`;
const isAbsent = !existsSync(INSTALLED_MODELS) || !existsSync(SHARED_MODELS);
const title = "AWS's models as installed, next to ../shared/contracts/aws";
const why = isAbsent ? " (skipped: needs both; npm run contracts:install)" : "";

interface Exchange {
  readonly request: SentRequest;
  readonly response: GivenResponse;
}

/** The identity store, which every operation of Identity Store names. */
const LIST_GROUPS = '{"IdentityStoreId":"d-1234567890"}';

/** Every operation with and without what it wants, answered by the simulator and by nonsense. */
async function exchangesOf(service: string, contracts: Contracts): Promise<Exchange[]> {
  const services = await startSimulatedServices();
  const exchanges: Exchange[] = [];
  for (const { request } of contracts.of(service)?.probes() ?? []) {
    for (const body of [await request.clone().text(), LIST_GROUPS, '{"Colour":"red"}']) {
      const { method, headers } = request;
      const url = new URL(request.url);
      const answer = await services.ask(service, request.clone());
      const response = { status: answer.status, headers: answer.headers, body: await answer.text() };
      exchanges.push({ request: { method, url, headers, body }, response });
      exchanges.push({
        request: { method, url, headers, body },
        response: { ...response, status: 200, body },
      });
    }
  }
  services.close();
  return exchanges;
}

/** Without texts for people. */
function meaningOf({ metadata, operations, shapes }: Model): unknown {
  const text = JSON.stringify({ metadata, operations, shapes }, (key, value: unknown) =>
    key.startsWith("documentation") && typeof value === "string" ? undefined : value,
  );
  return JSON.parse(text);
}

describe.skipIf(isAbsent)(`${title}${why}`, () => {
  const folders = { graph: null, scim: null };
  const installed = new Contracts({ ...folders, aws: INSTALLED_MODELS });
  const shared = new Contracts({ ...folders, aws: SHARED_MODELS });

  it.each(Object.keys(AWS_MODELS))("%s: accept and refuse the same", async (service) => {
    const exchanges = await exchangesOf(service, shared);
    const verdicts = exchanges.map(({ request, response }) => shared.of(service)?.judge(request, response));
    expect(verdicts.some((verdict) => verdict?.request.length === 0)).toBe(true);
    expect(verdicts.some((verdict) => (verdict?.response.length ?? 0) > 0)).toBe(true);
    const judged = exchanges.map(({ request, response }) => installed.of(service)?.judge(request, response));
    expect(judged).toEqual(verdicts);
    expect(installed.of(service)?.probes().length).toBe(shared.of(service)?.probes().length);
  });

  it.for(Object.values(AWS_MODELS))("%s: say the same, where both are of one version", (name, { skip }) => {
    const file = `${SHARED_MODELS}/${name}.json`;
    const source = JSON.parse(readFileSync(file, "utf8")) as { readonly _source?: { version: string } };
    skip(source._source?.version !== BOTOCORE.version, "of another version of botocore");
    const [one, other] = [INSTALLED_MODELS, SHARED_MODELS].map((folder) =>
      meaningOf(readAwsModel(name, folder)),
    );
    expect(one).toEqual(other);
  });
});
