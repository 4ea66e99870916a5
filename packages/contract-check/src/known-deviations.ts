import type { Violation } from "./violation.ts";

interface Deviation extends Pick<Violation, "service" | "direction"> {
  readonly operations: RegExp;
  /** Matches path and message together, as in `$.Name: must be string`. */
  readonly what: RegExp;
  /** Why the answer counts as correct, and how certain that is. */
  readonly basis: string;
}

/** Answers that are let pass although the contract rules them out. Everything here weakens the check. */
const DEVIATIONS: readonly Deviation[] = [
  {
    service: "sso-admin",
    operations: /^GetInlinePolicyForPermissionSet$/,
    direction: "response",
    what: /^\$\.InlinePolicy: /,
    basis: "Unverified: nothing documents the answer without a policy; the sandbox answers an empty text.",
  },
  {
    service: "dynamodb",
    operations: /Table$/,
    direction: "response",
    what: /\.NumberOfDecreasesToday: must be >= 1$/,
    basis: "The samples of the DynamoDB API Reference (CreateTable) show 0.",
  },
  {
    service: "dynamodb",
    operations: /Table$/,
    direction: "response",
    what: /TableThroughputModeSummary|\.TableId: must match/,
    basis:
      "Dynalite, which plays DynamoDB, adds a member and spells ids in its own way; no client reads either.",
  },
  {
    service: "graph",
    operations: /^POST \/v1\.0\/(applications|servicePrincipals)$/,
    direction: "request",
    what: /the contract has no such operation$/,
    basis:
      "The contract lists what functions call; these two an administrator makes, by `landbridge bootstrap entra` (Graph reference: Create application, Create servicePrincipal).",
  },
  {
    service: "s3",
    operations: /^PUT \/[^/?]+\/?\?versioning=?$/,
    direction: "request",
    what: /the contract has no such operation$/,
    basis:
      "The contract lists few of S3's operations; this one an administrator makes, once for the bucket (S3 API Reference: PutBucketVersioning).",
  },
];

export function isKnownDeviation({ service, operation, direction, path, message }: Violation): boolean {
  return DEVIATIONS.some(
    (deviation) =>
      deviation.service === service &&
      deviation.direction === direction &&
      deviation.operations.test(operation) &&
      deviation.what.test(`${path}: ${message}`),
  );
}
