/** The source is not what it should be; the message says what to do about it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}
