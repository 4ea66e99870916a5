import { type InputIssue, throwIssues } from "../yaml/issues.ts";
import { issueAt, positionIn } from "./issue-at.ts";
import type { AccessPolicy } from "./policy.ts";

/** Collects the findings of binding, so that all are reported at once. */
export class Findings {
  readonly #policy: AccessPolicy;
  readonly #issues: InputIssue[];
  readonly #warnings = new Set<string>();
  #isForgiving = false;

  constructor(policy: AccessPolicy, issues: readonly InputIssue[]) {
    this.#policy = policy;
    this.#issues = [...issues];
  }

  /** Turns refusals into warnings meanwhile: they concern a rule that no longer grants anything. */
  forgiving<T>(work: () => T): T {
    this.#isForgiving = true;
    try {
      return work();
    } finally {
      this.#isForgiving = false;
    }
  }

  refuse(path: readonly PropertyKey[], message: string): void {
    if (this.#isForgiving) return this.warn(path, message);
    this.#issues.push(issueAt(this.#policy, path, message));
  }

  /** `access.yaml:12: …` */
  warn(path: readonly PropertyKey[], message: string): void {
    const { file, line } = positionIn(this.#policy, path);
    this.#warnings.add(`${file}:${line}: ${message}`);
  }

  warnAtLarge(message: string): void {
    this.#warnings.add(message);
  }

  /** @throws {FlowError} PolicyInvalid when anything was refused */
  warnings(): string[] {
    throwIssues(this.#issues, "PolicyInvalid");
    return [...this.#warnings];
  }
}
