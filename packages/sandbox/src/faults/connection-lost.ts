/** The error of `fetch` when a connection breaks, with Node's code for it, which the AWS SDK checks. */
export class ConnectionLost extends TypeError {
  readonly code = "ECONNRESET";

  constructor(what: string) {
    super(`fetch failed: ${what}`);
  }
}
