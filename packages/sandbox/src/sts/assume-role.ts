import * as z from "zod";
import type { Kernel } from "../kernel/kernel.ts";
import { StsError } from "./errors.ts";
import type { StsState } from "./state.ts";

const HOUR_SECONDS = 3600;

export const AssumeRoleRequest = z.strictObject({
  RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z
    .string()
    .regex(/^\d+$/, "expected an integer")
    .transform(Number)
    .pipe(z.int().min(900).max(43_200))
    .default(HOUR_SECONDS),
});

/**
 * Operation AssumeRole, for roles of the caller's own account; trust policies are not imitated.
 * @throws {StsError} AccessDenied for a role of another account
 */
export function assumeRole(
  { clock, random }: Kernel,
  state: StsState,
  request: z.infer<typeof AssumeRoleRequest> & { readonly accountId: string },
) {
  const { RoleArn: roleArn, RoleSessionName: session, DurationSeconds, accountId } = request;
  if (roleArn.split(":")[4] !== accountId) {
    throw new StsError(403, "AccessDenied", `Not authorized to perform sts:AssumeRole on ${roleArn}`);
  }
  const accessKeyId = `ASIA${random.uuid().replaceAll("-", "").slice(0, 16).toUpperCase()}`;
  state.remember(accessKeyId, { roleArn, session });
  return {
    credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: random.uuid(),
      SessionToken: random.uuid(),
      Expiration: new Date(clock.now() + DurationSeconds * 1000).toISOString(),
    },
    user: {
      AssumedRoleId: `AROASANDBOX${accountId.slice(0, 10)}:${session}`,
      Arn: state.sessionArn(accountId, accessKeyId),
    },
  };
}
