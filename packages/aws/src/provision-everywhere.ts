import {
  DescribePermissionSetProvisioningStatusCommand,
  paginateListAccountsForProvisionedPermissionSet,
  type PermissionSetProvisioningStatus,
  ProvisionPermissionSetCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { type Clock, FlowError } from "@landbridge/core";
import type { PermissionSetKey } from "./permission-set-spec.ts";
import { required } from "./required.ts";

const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 10;
/** Well within one invocation of a Lambda function. */
const PATIENCE_SECONDS = 600;

/**
 * Brings the set's roles up to date in all accounts that have it, at most 3,500 (user guide, "Quotas"), and waits for it.
 * @throws {FlowError} VerificationFailed with AWS's reason; ServiceUnavailable when it takes more than ten minutes
 */
export async function provisionEverywhere(
  ssoAdmin: SSOAdminClient,
  clock: Clock,
  key: PermissionSetKey,
): Promise<void> {
  if (!(await isProvisionedAnywhere(ssoAdmin, key))) return;
  const started = await ssoAdmin.send(
    new ProvisionPermissionSetCommand({ ...key, TargetType: "ALL_PROVISIONED_ACCOUNTS" }),
  );
  let status = started.PermissionSetProvisioningStatus;
  const deadline = clock.now() + PATIENCE_SECONDS * 1000;
  let pauseSeconds = FIRST_PAUSE_SECONDS;
  while (isInProgress(status, key)) {
    if (clock.now() >= deadline) throw tooSlow(key);
    await clock.sleep(pauseSeconds * 1000);
    pauseSeconds = Math.min(pauseSeconds * 2, LONGEST_PAUSE_SECONDS);
    const answer = await ssoAdmin.send(
      new DescribePermissionSetProvisioningStatusCommand({
        InstanceArn: key.InstanceArn,
        ProvisionPermissionSetRequestId: required(status.RequestId, "the id of a provisioning request"),
      }),
    );
    status = answer.PermissionSetProvisioningStatus;
  }
}

async function isProvisionedAnywhere(ssoAdmin: SSOAdminClient, key: PermissionSetKey): Promise<boolean> {
  for await (const { AccountIds = [] } of paginateListAccountsForProvisionedPermissionSet(
    { client: ssoAdmin },
    { ...key },
  )) {
    if (AccountIds.length > 0) return true;
  }
  return false;
}

function isInProgress(
  status: PermissionSetProvisioningStatus | undefined,
  { PermissionSetArn }: PermissionSetKey,
): status is PermissionSetProvisioningStatus {
  const state = required(status?.Status, `the status of provisioning ${PermissionSetArn}`);
  if (state === "FAILED") {
    const reason = status?.FailureReason ?? "AWS gives no reason";
    throw new FlowError("VerificationFailed", `Provisioning ${PermissionSetArn} failed: ${reason}`);
  }
  return state === "IN_PROGRESS";
}

function tooSlow({ PermissionSetArn }: PermissionSetKey): FlowError<"ServiceUnavailable"> {
  const said = `Provisioning ${PermissionSetArn} is still in progress after ${PATIENCE_SECONDS} seconds`;
  return new FlowError("ServiceUnavailable", said);
}
