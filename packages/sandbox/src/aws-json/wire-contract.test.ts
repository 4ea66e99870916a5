import { readFileSync } from "node:fs";
import { contractFolders, WITHOUT_CONTRACTS } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { makeTestSandbox } from "../../test-support/test-sandbox.ts";

interface Model {
  readonly metadata: { readonly targetPrefix: string };
  readonly operations: Readonly<
    Record<
      string,
      { readonly input?: { readonly shape: string }; readonly errors?: readonly { readonly shape: string }[] }
    >
  >;
  readonly shapes: Readonly<Record<string, { readonly required?: readonly string[] }>>;
}

const SERVICES = ["sso-admin", "identitystore", "organizations", "secretsmanager"];

describe.skipIf(contractFolders.aws === null)(`the AWS JSON services (${WITHOUT_CONTRACTS.aws})`, () => {
  it.each(SERVICES)(
    "%s refuses an input without required members, by an error it declares",
    async (service) => {
      const { aws, clock } = makeTestSandbox();
      const model = modelOf(service);
      for (const [operation, { input, errors = [] }] of Object.entries(model.operations)) {
        const required = model.shapes[input?.shape ?? ""]?.required ?? [];
        await clock.advance(1000);
        const { error, body } = await aws(service, operation);
        if (error === "UnknownOperationException" || required.length === 0) continue;
        expect(errors.map(({ shape }) => shape)).toContain(error);
        for (const member of required)
          expect(`${operation}: ${String(body["Message"])}`).toContain(`'${member}'`);
      }
    },
  );
});

function modelOf(service: string): Model {
  return JSON.parse(readFileSync(`${contractFolders.aws ?? ""}/${service}.json`, "utf8")) as Model;
}
