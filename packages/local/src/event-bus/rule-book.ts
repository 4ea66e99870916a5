import { ApiError, NotImitated } from "../aws-api/api-error.ts";
import { targetKind } from "../delivery/targets.ts";
import { compilePattern } from "./pattern/compile-pattern.ts";
import type { Rule, RuleState, Target } from "./rule.ts";
import { checkTargetInput } from "./target-input.ts";

/** Both adjustable in AWS [EventBridge quotas]. */
const MOST_RULES = 300;
const MOST_TARGETS = 5;

export interface FailedTarget {
  readonly TargetId: string;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** The rules of the default bus and their targets. */
export class RuleBook {
  readonly #arnPrefix: string;
  readonly #rules = new Map<string, Rule>();

  /** @param arnPrefix the part of a rule's ARN before its name */
  constructor(arnPrefix: string) {
    this.#arnPrefix = arnPrefix;
  }

  /** Rules by name. */
  get all(): readonly Rule[] {
    return [...this.#rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Creates a rule, or overwrites everything but its targets. [PutRule]
   * @returns its ARN
   * @throws {ApiError} InvalidEventPatternException, LimitExceededException
   */
  put(rule: Pick<Rule, "name" | "pattern" | "state" | "description" | "roleArn">): string {
    const matches = compilePattern(rule.pattern);
    const known = this.#rules.get(rule.name);
    if (!known && this.#rules.size >= MOST_RULES) {
      throw new ApiError(
        "LimitExceededException",
        `The requested resource exceeds the maximum number allowed.`,
      );
    }
    const arn = this.#arnPrefix + rule.name;
    this.#rules.set(rule.name, { ...rule, arn, matches, targets: known?.targets ?? new Map() });
    return arn;
  }

  /** @throws {ApiError} ResourceNotFoundException */
  get(name: string): Rule {
    const known = this.#rules.get(name);
    if (known) return known;
    throw new ApiError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus default.`);
  }

  /** @throws {ApiError} ResourceNotFoundException */
  setState(name: string, state: RuleState): void {
    this.#rules.set(name, { ...this.get(name), state });
  }

  /** Does nothing if there is no such rule. @throws {ApiError} ValidationException while it has targets */
  delete(name: string): void {
    if ((this.#rules.get(name)?.targets.size ?? 0) > 0) {
      throw new ApiError("ValidationException", "Rule can't be deleted since it has targets.");
    }
    this.#rules.delete(name);
  }

  /**
   * Adds targets, or overwrites those with the same id; all of them or none. [PutTargets]
   * @throws {ApiError} ResourceNotFoundException, LimitExceededException, ValidationException
   */
  putTargets(name: string, added: readonly Target[]): void {
    const rule = this.get(name);
    added.forEach(checkTarget);
    const targets = new Map([...rule.targets, ...added.map((target) => [target.Id, target] as const)]);
    if (targets.size > MOST_TARGETS) {
      throw new ApiError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
    }
    this.#rules.set(name, { ...rule, targets });
  }

  /** @returns those that the rule does not have @throws {ApiError} ResourceNotFoundException */
  removeTargets(name: string, ids: readonly string[]): readonly FailedTarget[] {
    const rule = this.get(name);
    const targets = new Map(rule.targets);
    const unknown = ids.filter((id) => !targets.delete(id));
    this.#rules.set(name, { ...rule, targets });
    return unknown.map((id) => ({
      TargetId: id,
      ErrorCode: "ResourceNotFoundException",
      ErrorMessage: `Rule ${name} does not have a target with the Id ${id}.`,
    }));
  }
}

function checkTarget(target: Target): void {
  const kind = targetKind(target.Arn);
  if (!kind) {
    throw new NotImitated(`A target other than a state machine or an unqualified function (${target.Arn})`);
  }
  if (kind === "state machine" && target.RoleArn === undefined) {
    throw new ApiError("ValidationException", `RoleArn is required for target ${target.Id}.`);
  }
  checkTargetInput(target);
}
