import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GRAPH_APP_ID, leastPermissions } from "@landbridge/entra";
import { afterEach, describe, expect, it } from "vitest";
import { awsSteps } from "./aws-steps.ts";
import { type EntraBootstrap, readEntraBootstrap } from "./entra-bootstrap.ts";
import { entraScript } from "./entra-script.ts";

const BOOTSTRAP: EntraBootstrap = {
  tenantId: "5b6c1f70-2b3e-4c58-9d30-0a4e8b1c7d11",
  displayName: "Landbridge",
  federation: {
    issuer: "https://0a1b.tokens.sts.global.api.aws",
    subject: "arn:aws:iam::111111111111:role/landbridge-production-sign-in",
  },
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the script with commands that only write down what they are asked, one argument a line; `az` answers `the-id`. */
function commandsOf(script: string): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), "bootstrap-"));
  folders.push(folder);
  const log = path.join(folder, "log");
  writeFileSync(log, "");
  for (const command of ["az", "aws"]) {
    const file = path.join(folder, command);
    writeFileSync(
      file,
      `#!/bin/sh\n{ printf '%s\\n' ${command} "$@"; echo ---; } >> '${log}'\necho the-id\n`,
    );
    chmodSync(file, 0o755);
  }
  execFileSync("bash", ["-c", script], { env: { PATH: `${folder}:/usr/bin:/bin` }, stdio: "pipe" });
  return readFileSync(log, "utf8")
    .split("---\n")
    .filter((text) => text !== "")
    .map((text) => text.trimEnd().split("\n"));
}

describe("the script for an administrator of Entra", () => {
  it("asks for each permission once, consents, and trusts exactly the role", () => {
    const commands = commandsOf(entraScript(BOOTSTRAP));
    const asked = commands.filter((command) =>
      command.includes("appRoles[?value=='Directory.Read.All'].id | [0]"),
    );
    expect(asked).toHaveLength(1);
    const added = commands.filter((command) => command.slice(1, 5).join(" ") === "ad app permission add");
    expect(added).toHaveLength(leastPermissions().length);
    expect(added[0]).toEqual(expect.arrayContaining([GRAPH_APP_ID, "the-id=Role"]));
    const credential = commands.find((command) => command.includes("federated-credential"))?.at(-1) ?? "";
    expect(JSON.parse(credential)).toEqual({
      name: "landbridge-aws",
      ...BOOTSTRAP.federation,
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it("takes a name for a name, whatever it holds", () => {
    const displayName = `O'Brien"; touch hacked; $(touch hacked) #`;
    const commands = commandsOf(entraScript({ ...BOOTSTRAP, displayName }));
    expect(commands[1]).toContain(displayName);
    expect(commands.flat()).not.toContain("hacked");
  });

  it("hands a client secret from Entra to Secrets Manager and to nobody else", () => {
    const script = entraScript({ ...BOOTSTRAP, federation: null });
    const aws = commandsOf(script).filter(([command]) => command === "aws");
    expect(aws).toEqual([
      [
        "aws",
        "secretsmanager",
        "put-secret-value",
        "--secret-id",
        "landbridge/production/graph-client-secret",
        "--secret-string",
        "file:///dev/stdin",
      ],
    ]);
  });
});

describe("the steps in AWS", () => {
  it("are commands that a shell understands", () => {
    const steps = awsSteps({ region: "eu-west-1", delegated: "222222222222" });
    expect(commandsOf(steps).map((command) => command.slice(1, 3).join(" "))).toEqual([
      "sso-admin list-instances",
      "organizations register-delegated-administrator",
      "iam enable-outbound-web-identity-federation",
      "iam get-outbound-web-identity-federation-info",
      "cloudtrail describe-trails",
    ]);
  });
});

describe("options of bootstrap entra", () => {
  it.each([
    [{ tenant: "contoso" }, "--tenant"],
    [{ issuer: "http://insecure.example" }, "--issuer"],
    [{ subject: "arn:aws:iam::111111111111:user/ada" }, "--subject"],
    [{ subject: undefined }, "must be given together"],
  ])("refuses %j by the option's name", (change, message) => {
    const { tenantId: tenant, displayName: name, federation } = BOOTSTRAP;
    expect(() => readEntraBootstrap({ tenant, name, ...federation, ...change })).toThrow(message);
  });
});
