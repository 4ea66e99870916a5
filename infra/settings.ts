import { didYouMean } from "@landbridge/core";
import * as z from "zod";
import { Environment } from "../functions/_shared/environment.ts";

const emails = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((address) => address.trim()))
  .transform((addresses) => addresses.filter((address) => address !== ""))
  .pipe(z.array(z.email()));

/** Days for which CloudWatch can keep logs (PutRetentionPolicy). */
const RETENTIONS = [
  "1",
  "3",
  "5",
  "7",
  "14",
  "30",
  "60",
  "90",
  "120",
  "150",
  "180",
  "365",
  "400",
  "731",
  "1096",
];

/** What the deployment finds out itself and passes to the functions. */
const FOUND_OUT = {
  AWS_REGION: true,
  LANDBRIDGE_TABLE: true,
  LANDBRIDGE_BUCKET: true,
  LANDBRIDGE_CLIENT_SECRET_NAME: true,
  LANDBRIDGE_SIGN_IN_ROLE_ARN: true,
  LANDBRIDGE_SCIM_SECRET_NAME: true,
  LANDBRIDGE_TASK_KEY_SECRET_NAME: true,
  LANDBRIDGE_STATE_MACHINE_PREFIX: true,
  LANDBRIDGE_WEBHOOK_URL: true,
  LANDBRIDGE_EVENT_BUS: true,
  LANDBRIDGE_OWN_ROLE_PREFIX: true,
  LANDBRIDGE_ROUTES: true,
} as const;

/** What a person configures for a deployment, in the environment of `sst deploy` or in `.env`. */
const Variables = Environment.omit(FOUND_OUT).extend({
  /** `federated`: Entra trusts a role of AWS, without a secret; `client-secret`: one that you put into Secrets Manager. */
  LANDBRIDGE_SIGN_IN: z.enum(["federated", "client-secret"]).default("federated"),
  /** Who receives mail about alarms and tasks. */
  LANDBRIDGE_ALARM_EMAILS: emails,
  LANDBRIDGE_LOG_RETENTION_DAYS: z.enum(RETENTIONS).default("90").transform(Number),
  /** People sign in to the API with tokens of this issuer (`https://login.microsoftonline.com/<tenant>/v2.0`) … */
  LANDBRIDGE_API_JWT_ISSUER: z.url({ protocol: /^https$/ }).optional(),
  /** … for this audience; without both, callers sign with IAM only. */
  LANDBRIDGE_API_JWT_AUDIENCE: z.string().min(1).optional(),
  /** A role that may put a policy in force without proposing it; by default there is none. */
  LANDBRIDGE_POLICY_WRITER_ROLE_ARN: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "expected the ARN of one role of IAM")
    .optional(),
  /** The management account, where accounts are announced, when it is not the one that is deployed to. */
  LANDBRIDGE_FORWARD_FROM_ACCOUNT: z
    .string()
    .regex(/^\d{12}$/, "expected an account id of 12 digits")
    .optional(),
});

/** docs/deploy.md explains each. */
export const SETTING_NAMES: readonly string[] = Object.keys(Variables.shape);

export interface DeploymentSettings {
  readonly values: z.infer<typeof Variables>;
  /** The settings that functions receive, as written. */
  readonly functionVariables: Readonly<Record<string, string>>;
}

/** @throws {Error} naming each setting that is missing, wrong or unknown, and what it should be */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): DeploymentSettings {
  const given = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[0].startsWith("LANDBRIDGE_") && entry[1] !== undefined,
  );
  const problems = given
    .filter(([name]) => !SETTING_NAMES.includes(name))
    .map(([name]) => `${name}: no such setting${didYouMean(name, SETTING_NAMES)}`);
  const parsed = Variables.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  } else {
    const { LANDBRIDGE_API_JWT_ISSUER: issuer, LANDBRIDGE_API_JWT_AUDIENCE: audience } = parsed.data;
    if ((issuer === undefined) !== (audience === undefined)) {
      problems.push("LANDBRIDGE_API_JWT_ISSUER, LANDBRIDGE_API_JWT_AUDIENCE: set both or neither");
    }
  }
  if (problems.length > 0 || !parsed.success) {
    throw new Error(
      `Settings (environment or .env, see docs/deploy.md):\n${problems.map((text) => `  ${text}`).join("\n")}`,
    );
  }
  const forFunctions = Object.keys(Environment.shape);
  return {
    values: parsed.data,
    functionVariables: Object.fromEntries(given.filter(([name]) => forFunctions.includes(name))),
  };
}
