/** Asks a person. Null: the person gave up (Ctrl+C), or the input has ended. */
export interface Prompts {
  text(message: string): Promise<string | null>;
  /** Like {@link text}, without showing what is typed. */
  secret(message: string): Promise<string | null>;
  /** The text of an XML file: a path is asked for, or the text itself. */
  document(message: string): Promise<string | null>;
  complain(message: string): void;
  /** Lets go of the input; an open question is answered with null. */
  close(): void;
}
