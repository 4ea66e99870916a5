import { type InputIssue, throwIssues } from "@landbridge/core";
import type { Note } from "./principals.ts";

/** Collects what an import tells its reader. */
export class ImportFindings {
  readonly #notes = new Set<string>();
  readonly #issues: InputIssue[] = [];

  /** What is left out or made up. */
  readonly note: Note = (sentence) => void this.#notes.add(sentence);

  /** What makes the import impossible; the rest of the source is still checked, so that all problems are reported at once. */
  refuse(issue: InputIssue): void {
    this.#issues.push(issue);
  }

  /** The notes, each once. @throws {FlowError} PolicyInvalid if anything was refused */
  notes(): string[] {
    throwIssues(this.#issues, "PolicyInvalid");
    return [...this.#notes];
  }
}
