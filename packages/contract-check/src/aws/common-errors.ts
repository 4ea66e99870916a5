/**
 * Errors that a service may answer to any operation, though the operation's model does not declare them. From the page
 * "Common Errors" of the services' API references and the general rules of the protocol; all in one place, because each
 * is a hole in the check.
 */
const OF_ALL_JSON_SERVICES = [
  // Before the operation is reached.
  "UnknownOperationException",
  "SerializationException",
  // Credentials.
  "AccessDeniedException",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "UnrecognizedClientException",
  // The service itself.
  "InternalFailure",
  "ServiceUnavailable",
  "ServiceUnavailableException",
];

/**
 * Further errors of single services. `sso-admin`, `identitystore` and `organizations` declare their throttling and validation
 * errors with each operation, and may use no others.
 */
const OF_SERVICE: Readonly<Record<string, readonly string[]>> = {
  // Amazon DynamoDB Developer Guide, "Error handling with DynamoDB".
  dynamodb: ["ValidationException", "ThrottlingException"],
  events: ["ValidationException", "ThrottlingException"],
  scheduler: [],
  secretsmanager: ["ThrottlingException", "ValidationException"],
  states: ["ThrottlingException", "ValidationException"],
  // STS has the same in the spelling of the query protocol.
  sts: [
    "AccessDenied",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidParameterValue",
    "MissingAction",
    "MissingParameter",
    "SignatureDoesNotMatch",
    "Throttling",
    "ValidationError",
  ],
  // Amazon S3 API Reference, "Error responses": S3 declares hardly any error with its operations.
  s3: [
    "AccessDenied",
    "BadDigest",
    "ConditionalRequestConflict",
    "EntityTooLarge",
    "EntityTooSmall",
    "IllegalLocationConstraintException",
    "InternalError",
    "InvalidArgument",
    "InvalidBucketName",
    "InvalidDigest",
    "InvalidRange",
    "InvalidRequest",
    "InvalidTag",
    "InvalidURI",
    "KeyTooLongError",
    "MalformedXML",
    "MethodNotAllowed",
    "MissingContentLength",
    "NoSuchBucket",
    "NoSuchKey",
    "NoSuchVersion",
    "NotImplemented",
    "PreconditionFailed",
    "RequestTimeout",
    "SignatureDoesNotMatch",
    "SlowDown",
    "XAmzContentChecksumMismatch",
    "XAmzContentSHA256Mismatch",
  ],
};

/** @param service segment that the service is mounted at */
export function isCommonError(service: string, code: string): boolean {
  return OF_ALL_JSON_SERVICES.includes(code) || OF_SERVICE[service]?.includes(code) === true;
}
