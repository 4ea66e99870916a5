/** A request with its body read; the path starts after the service's mount point. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

export interface GivenResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A violation of one direction before it is known whose. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  /**
   * A client must not send it, but no documentation says that the service refuses it: a simulator may accept it.
   */
  readonly tolerated?: true;
}

/** A contract's verdict on one exchange. */
export interface Verdict {
  readonly operation: string;
  /** False when the contract has no such operation. */
  readonly known: boolean;
  readonly request: readonly Problem[];
  readonly response: readonly Problem[];
}

/** The least request of an operation: enough to see whether a simulator has it. */
export interface Probe {
  readonly operation: string;
  readonly request: Request;
}

/** What is known of one service. */
export interface Contract {
  /** `response` is null when there was none: the connection broke, or the simulator threw. */
  judge(request: SentRequest, response: GivenResponse | null): Verdict;
  /** One for each operation of the contract. */
  probes(): Probe[];
}

/** The verdict on what the contract does not know. */
export function unknownOperation(operation: string): Verdict {
  return { operation, known: false, request: [], response: [] };
}

export const PROBE_ORIGIN = "http://127.0.0.1";
