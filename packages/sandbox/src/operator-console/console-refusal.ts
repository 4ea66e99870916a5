/** What a refusal contains in addition to its message. */
interface Refused {
  /** The field of the form or of the JSON body that is wrong. */
  readonly field?: string;
  /** What the reader can do. */
  readonly remedy: string;
}

export type RefusalStatus = 400 | 403 | 404 | 409 | 410 | 413;

/** The console does not do what the operator asks. */
export class ConsoleRefusal extends Error {
  override readonly name = "ConsoleRefusal";
  /** HTTP status of the console's answer. */
  readonly status: RefusalStatus;
  readonly field: string | null;
  readonly remedy: string;

  constructor(status: RefusalStatus, message: string, { field, remedy }: Refused) {
    super(message);
    this.status = status;
    this.field = field ?? null;
    this.remedy = remedy;
  }
}
