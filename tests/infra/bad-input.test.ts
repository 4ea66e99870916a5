import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundleFunctions } from "../../infra/bundle.ts";
import { readFlows } from "../../infra/flows.ts";
import { listFunctions } from "../../infra/function-list.ts";
import { grantsOf } from "../../infra/permissions.ts";
import { readSettings } from "../../infra/settings.ts";
import { hasPlatform, ROOT, synthesis, VARIABLES, WITHOUT_PLATFORM } from "./synthesis.ts";

describe("a setting", () => {
  it.each([
    ["is missing", { LANDBRIDGE_TENANT_ID: undefined }, "LANDBRIDGE_TENANT_ID"],
    ["is no GUID", { LANDBRIDGE_CLIENT_ID: "landbridge" }, "LANDBRIDGE_CLIENT_ID"],
    ["is no number", { LANDBRIDGE_MAX_DELETIONS: "many" }, "LANDBRIDGE_MAX_DELETIONS"],
    ["is no address", { LANDBRIDGE_ALARM_EMAILS: "platform" }, "LANDBRIDGE_ALARM_EMAILS"],
    [
      "is more than one role",
      { LANDBRIDGE_POLICY_WRITER_ROLE_ARN: "arn:aws:iam::123456789012:role/*" },
      "LANDBRIDGE_POLICY_WRITER_ROLE_ARN",
    ],
    ["is no way to sign in", { LANDBRIDGE_SIGN_IN: "password" }, "LANDBRIDGE_SIGN_IN"],
    [
      "is no time that CloudWatch keeps logs",
      { LANDBRIDGE_LOG_RETENTION_DAYS: "42" },
      "LANDBRIDGE_LOG_RETENTION_DAYS",
    ],
    ["lacks its other half", { LANDBRIDGE_API_JWT_AUDIENCE: undefined }, "LANDBRIDGE_API_JWT_ISSUER"],
    [
      "is none",
      { LANDBRIDGE_MAX_DELETION: "3" },
      'LANDBRIDGE_MAX_DELETION: no such setting (did you mean "LANDBRIDGE_MAX_DELETIONS"?)',
    ],
    ["is for the deployment to find out", { LANDBRIDGE_TABLE: "mine" }, "LANDBRIDGE_TABLE: no such setting"],
  ])("that %s is named", (_what, change, named) => {
    expect(() => readSettings({ ...VARIABLES, ...change })).toThrow(named);
  });

  it("reaches the functions as it was written, and only what they know", () => {
    const { functionVariables } = readSettings({ ...VARIABLES, LANDBRIDGE_MAX_DELETIONS: "7" });
    expect(functionVariables).toMatchObject({ LANDBRIDGE_MAX_DELETIONS: "7" });
    expect(functionVariables).not.toHaveProperty("LANDBRIDGE_ALARM_EMAILS");
  });

  it.skipIf(!hasPlatform)(`that is wrong fails the synthesis${WITHOUT_PLATFORM}`, async () => {
    const failure = await synthesis({ variables: {} }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining("LANDBRIDGE_TENANT_ID") });
  });
});

/** A repository with one flow of one Task state. */
function aRepository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "landbridge-flows-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const definition = {
    StartAt: "Greet",
    States: {
      Greet: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: "${Greet}" },
        End: true,
      },
    },
  };
  for (const [file, text] of Object.entries({
    "stepfunctions/hello/hello.asl.json": JSON.stringify(definition),
    ...files,
  })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

describe("a state machine", () => {
  it("that names a function nobody defines is named, with the file that it wants", () => {
    expect(() => readFlows(aRepository({}))).toThrow(
      "stepfunctions/hello/hello.asl.json names ${Greet}: there is no functions/hello/greet.ts for it",
    );
  });

  it("is deployed as soon as its folder and its functions are there", () => {
    const [flow] = readFlows(aRepository({ "functions/hello/greet.ts": "" }));
    expect(flow).toMatchObject({
      name: "hello",
      steps: [{ placeholder: "Greet", functionName: "hello/greet" }],
    });
  });
});

describe("a function", () => {
  it("that exports no handler is named", async () => {
    const root = aRepository({ "functions/hello/greet.ts": "export const handle = 1;" });
    await expect(bundleFunctions(root, ["hello/greet"], path.join(root, "out"))).rejects.toThrow(
      "functions/hello/greet.ts exports no handler",
    );
  });

  it("whose file is missing is named", async () => {
    const root = aRepository({});
    await expect(bundleFunctions(root, ["hello/greet"], path.join(root, "out"))).rejects.toThrow(
      "There is no functions/hello/greet.ts",
    );
    expect(() => listFunctions(root, [])).toThrow("there is no functions/api/api.ts");
  });

  it("that nobody gave permissions is named", () => {
    expect(() => grantsOf("hello/greet", "federated")).toThrow(
      "infra/permissions.ts does not say what hello/greet may do",
    );
  });

  it("has permissions only while it exists", async () => {
    const { PERMISSIONS } = await import("../../infra/permissions.ts");
    const names = listFunctions(ROOT, readFlows(ROOT)).map(({ name }) => name);
    expect(Object.keys(PERMISSIONS).toSorted()).toEqual(names);
  });
});
