import { tableDefinition, TIME_TO_LIVE_ATTRIBUTE } from "../packages/aws/src/table.ts";
import type { Place } from "./place.ts";
import type { Names } from "./targets.ts";

/** How many days the files of runs and proposals are kept; the access policy and its versions stay. */
const KEEP_DAYS = { "sync-access/": 90, "policy/proposed/": 90, "changes/": 14, "health/history/": 400 };
const KEEP_OLD_VERSIONS_DAYS = 365;

/** Records: connection, tasks, ledger, marks. */
export function makeTable({ isProduction }: Place, names: Names) {
  const { AttributeDefinitions = [], KeySchema = [], BillingMode } = tableDefinition(names.table);
  const keys = Object.fromEntries(KeySchema.map(({ KeyType, AttributeName }) => [KeyType, AttributeName]));
  return new aws.dynamodb.Table("Records", {
    name: names.table,
    billingMode: BillingMode ?? "PAY_PER_REQUEST",
    attributes: AttributeDefinitions.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName ?? "",
      type: AttributeType ?? "S",
    })),
    hashKey: keys["HASH"] ?? "",
    rangeKey: keys["RANGE"] ?? "",
    ttl: { attributeName: TIME_TO_LIVE_ATTRIBUTE, enabled: true },
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: isProduction,
  });
}

/**
 * Access policy, snapshots, plans, reports, health.
 * @param policyWriters ARNs of the roles that may change which policy is in force
 */
export function makeBucket({ isProduction }: Place, names: Names, policyWriters: readonly string[]) {
  const bucket = new aws.s3.Bucket("Files", { bucket: names.bucket, forceDestroy: !isProduction });
  const of = { bucket: bucket.id };
  new aws.s3.BucketVersioning("FilesVersions", { ...of, versioningConfiguration: { status: "Enabled" } });
  const closed = new aws.s3.BucketPublicAccessBlock("FilesPrivate", {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketOwnershipControls("FilesOwner", {
    ...of,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration("FilesEncryption", {
    ...of,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketPolicy(
    "FilesPolicy",
    {
      ...of,
      policy: bucket.arn.apply((arn) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: [arn, `${arn}/*`],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            onlyTheseChangePolicy(`${arn}/${names.policyKey}`, policyWriters),
          ],
        }),
      ),
    },
    { dependsOn: [closed] },
  );
  new aws.s3.BucketLifecycleConfiguration("FilesLifecycle", {
    ...of,
    rules: [
      ...Object.entries(KEEP_DAYS).map(([prefix, days]) => ({
        id: `drop-${prefix.replaceAll("/", "-")}after-${days}-days`,
        status: "Enabled",
        filter: { prefix },
        expiration: { days },
      })),
      {
        id: "drop-old-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: KEEP_OLD_VERSIONS_DAYS },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  });
  // A new version of the access policy is an event.
  new aws.s3.BucketNotification("FilesEvents", { ...of, eventbridge: true });
  return bucket;
}

/**
 * Everybody else with permissions for the bucket, including administrators, has to propose (aws:PrincipalArn is the role's
 * ARN for a session).
 */
function onlyTheseChangePolicy(policy: string, writers: readonly string[]) {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    Resource: policy,
    Condition: { ArnNotEquals: { "aws:PrincipalArn": writers } },
  };
}
