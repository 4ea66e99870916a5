export interface DeadLetter {
  /** Null when the target had no dead-letter queue: then AWS drops the event. */
  readonly queueArn: string | null;
  /** ISO 8601. */
  readonly sentAt: string;
  /** JSON text. */
  readonly body: string;
  /** Message attributes, all of them strings. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything that could not be delivered, oldest first. */
export class DeadLetters {
  readonly all: DeadLetter[] = [];

  of(queueArn: string): readonly DeadLetter[] {
    return this.all.filter((letter) => letter.queueArn === queueArn);
  }
}
