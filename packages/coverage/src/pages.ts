export interface CoveragePage {
  /** From the root of the repository; `coverage.md` and `deviations.md` lie there. */
  readonly folder: string;
  readonly title: string;
  /** Segment that the service is mounted at. */
  readonly service: string;
  /** What the contract itself leaves out. */
  readonly note?: string;
}

/** One page for each simulator. */
export const PAGES: readonly CoveragePage[] = [
  { service: "sso-admin", folder: "packages/sandbox/src/identity-center", title: "IAM Identity Center" },
  { service: "identitystore", folder: "packages/sandbox/src/identity-store", title: "Identity Store" },
  { service: "organizations", folder: "packages/sandbox/src/organizations", title: "AWS Organizations" },
  { service: "secretsmanager", folder: "packages/sandbox/src/secrets-manager", title: "Secrets Manager" },
  { service: "sts", folder: "packages/sandbox/src/sts", title: "Security Token Service" },
  {
    service: "s3",
    folder: "packages/sandbox/src/s3",
    title: "Amazon S3",
    note: "The contract has 15 of S3's 116 operations. Of the others only `PutBucketVersioning` is imitated.",
  },
  {
    service: "dynamodb",
    folder: "packages/sandbox/src/dynamodb",
    title: "Amazon DynamoDB",
    note: "The contract has 16 of DynamoDB's 58 operations.",
  },
  { service: "scim", folder: "packages/sandbox/src/scim", title: "Identity Center's SCIM endpoint" },
  {
    service: "graph",
    folder: "packages/sandbox/src/entra",
    title: "Microsoft Graph v1.0",
    note: "The contract has the operations that this project may call. Every other path is refused too.",
  },
  { service: "states", folder: "packages/local", title: "AWS Step Functions" },
  { service: "events", folder: "packages/local/src/event-bus", title: "Amazon EventBridge" },
  { service: "scheduler", folder: "packages/local/src/scheduler", title: "EventBridge Scheduler" },
  {
    service: "lambda",
    folder: "packages/local/src/lambda",
    title: "AWS Lambda",
    note: "There is no contract of Lambda to count operations by.",
  },
];
