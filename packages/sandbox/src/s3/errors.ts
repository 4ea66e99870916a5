/** An error as S3 answers it. */
export class S3Error extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** `code` is S3's error code, which becomes the error's name. */
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.name = code;
  }
}

export function noSuchBucket(): S3Error {
  return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
}

export function noSuchKey(headers: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error(404, "NoSuchKey", "The specified key does not exist.", headers);
}

export function noSuchVersion(): S3Error {
  return new S3Error(404, "NoSuchVersion", "The specified version does not exist.");
}

export function methodNotAllowed(headers: Readonly<Record<string, string>>): S3Error {
  const message = "The specified method is not allowed against this resource.";
  return new S3Error(405, "MethodNotAllowed", message, headers);
}

export function preconditionFailed(): S3Error {
  return new S3Error(
    412,
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
  );
}

export function conditionalConflict(): S3Error {
  return new S3Error(
    409,
    "ConditionalRequestConflict",
    "A conflicting conditional operation is currently in progress against this resource. Please try again.",
  );
}

export function notImplemented(what: string): S3Error {
  return new S3Error(
    501,
    "NotImplemented",
    `The sandbox does not imitate ${what}; see packages/sandbox/src/s3/coverage.md.`,
  );
}

export function invalidRequest(message: string): S3Error {
  return new S3Error(400, "InvalidRequest", message);
}

export function invalidArgument(message: string): S3Error {
  return new S3Error(400, "InvalidArgument", message);
}

export function malformedXml(): S3Error {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new S3Error(400, "MalformedXML", message);
}

export function badDigest(algorithm: string): S3Error {
  return new S3Error(
    400,
    "BadDigest",
    `The ${algorithm} you specified did not match the calculated checksum.`,
  );
}
