export type Direction = "request" | "response";

/** One place where a request or an answer is not what the contract says. */
export interface Violation {
  /** Segment that the service is mounted at: `sso-admin`, `graph`, … */
  readonly service: string;
  /** Name of the operation, or method and path of one that the contract does not know. */
  readonly operation: string;
  readonly direction: Direction;
  /** JSON path into the body, or `header:<name>`, `query:<name>`, `path:<name>`, `status`. */
  readonly path: string;
  /** Says what is wrong without repeating the value: it may be a secret. */
  readonly message: string;
}

/** `sso-admin CreatePermissionSet request $.Name: must NOT have more than 32 characters` */
export function describeViolation({ service, operation, direction, path, message }: Violation): string {
  return `${service} ${operation} ${direction} ${path}: ${message}`;
}
