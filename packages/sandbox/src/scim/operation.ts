export interface ScimRequest {
  /** From the path; empty for a collection. */
  readonly id: string;
  /** Parsed JSON; null if the request has none. */
  readonly body: unknown;
  readonly query: URLSearchParams;
}

export interface ScimAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** @throws {ScimError} */
export type ScimOperation = (request: ScimRequest) => ScimAnswer;
