import type { LocalHost } from "@landbridge/host/local-host";

/** EventBridge delivers at least once, in no order, and CloudTrail's notices take minutes. */
export const NOTICES_IN_DISORDER = { duplicateProbability: 0.3, longestDelayMilliseconds: 20 * 60_000 };

/** Reports a version written under the policy's key. S3 user guide, "EventBridge event message structure". */
export function tellOfPolicy({ runtime, deps, variables }: LocalHost, versionId: string): void {
  runtime.bus.publish({
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: {
      version: "0",
      bucket: { name: variables["LANDBRIDGE_BUCKET"] },
      object: { key: deps.settings.policyKey, "version-id": versionId },
      reason: "PutObject",
    },
  });
}

/** Reports an assignment that an administrator gave or took in the console. CloudTrail, as `sso.amazonaws.com` records it. */
export function tellOfAssignment(
  { runtime, sandbox }: LocalHost,
  eventName: "CreateAccountAssignment" | "DeleteAccountAssignment",
  targetId: string,
): void {
  const { managementAccountId: accountId } = sandbox.states.organization;
  const userName = "Admin";
  runtime.bus.publish({
    source: "aws.sso",
    "detail-type": "AWS API Call via CloudTrail",
    detail: {
      eventSource: "sso.amazonaws.com",
      eventName,
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${accountId}:assumed-role/${userName}/olivia`,
        accountId,
        sessionContext: { sessionIssuer: { type: "Role", accountId, userName } },
      },
      requestParameters: { targetId, targetType: "AWS_ACCOUNT" },
      responseElements: null,
      readOnly: false,
      eventType: "AwsApiCall",
    },
  });
}
