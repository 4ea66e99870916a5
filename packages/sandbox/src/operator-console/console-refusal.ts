/** The console does not do what the operator asks; the message says how to mend it. */
export class ConsoleRefusal extends Error {
  override readonly name = "ConsoleRefusal";
  /** HTTP status of the console's answer. */
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
