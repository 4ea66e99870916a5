import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Synthesis } from "../../infra/synth/synth.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const hasPlatform = existsSync(`${ROOT}.sst/platform/node_modules`);
/** For the titles of tests that cannot run without it. */
export const WITHOUT_PLATFORM = hasPlatform
  ? ""
  : " (skipped: no .sst/platform; run `npm run synth:install`)";

/** Canaries where a deployment has something to lose. */
export const VARIABLES = {
  LANDBRIDGE_TENANT_ID: "11111111-2222-4333-8444-555555555555",
  LANDBRIDGE_CLIENT_ID: "11111111-2222-4333-8444-666666666666",
  LANDBRIDGE_ALARM_EMAILS: "platform@example.com",
  LANDBRIDGE_BREAK_GLASS_PERMISSION_SETS: "BreakGlass",
  LANDBRIDGE_POLICY_WRITER_ROLE_ARN: "arn:aws:iam::123456789012:role/ci/policy-writer",
  LANDBRIDGE_API_JWT_ISSUER: "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0",
  LANDBRIDGE_API_JWT_AUDIENCE: "api://landbridge",
};

const run = promisify(execFile);

interface Options {
  readonly variables?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly stage?: string;
}

/** Runs `npm run synth` in a separate process. @throws {Error} with its `stderr` on failure */
export async function synthesis({
  variables = VARIABLES,
  region = "eu-central-1",
  stage = "production",
}: Options = {}): Promise<Synthesis> {
  const folder = mkdtempSync(`${tmpdir()}/landbridge-synth-`);
  const out = `${folder}/resources.json`;
  const env = {
    PATH: process.env["PATH"],
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    ...variables,
  };
  try {
    await run(process.execPath, ["infra/synth/main.ts", "--stage", stage, "--out", out], { cwd: ROOT, env });
    return JSON.parse(readFileSync(out, "utf8")) as Synthesis;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export type Inputs = Readonly<Record<string, unknown>>;

export interface Found {
  readonly name: string;
  readonly inputs: Inputs;
}

/** Resources of a type, by its last word: `Role`. */
export function resourcesOf({ resources }: Synthesis, type: string): Found[] {
  return resources.filter((resource) => resource.type.endsWith(`:${type}`));
}

export function resourceNamed(made: Synthesis, type: string, name: string): Inputs {
  const found = resourcesOf(made, type).find((resource) => resource.name === name);
  if (!found) throw new Error(`There is no ${type} ${name}`);
  return found.inputs;
}

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

/** The statements of a role's inline policy. */
export function statementsOf({ inputs }: Found): Statement[] {
  const policies = inputs["inlinePolicies"] as { policy: string }[];
  return policies.flatMap(({ policy }) => (JSON.parse(policy) as { Statement: Statement[] }).Statement);
}
