import { COVERAGE_PAGE } from "../coverage-page.ts";
import { RESOURCES, type Resource, type StateType } from "./asl.ts";
import {
  type Check,
  expression,
  type Fields,
  isObject,
  listOf,
  numberTemplate,
  numberWithin,
  objectOf,
  oneOf,
} from "./checks.ts";
import { template, text, textTemplate } from "./checks.ts";
import type { Place } from "./place.ts";

/** The longest time that a state may name. [Amazon States Language: TimeoutSeconds] */
const LONGEST_SECONDS = 99_999_999;
const MAX_NAME_LENGTH = 80;

const seconds = numberTemplate(1, LONGEST_SECONDS);
const common = { Type: text, Comment: text, QueryLanguage: oneOf("JSONata") };
const moving = { Next: text, End: oneOf(true) };
const ending = { Assign: checkAssign, Output: template };

const retrier = objectOf({
  required: { ErrorEquals: listOf(text) },
  optional: {
    Comment: text,
    IntervalSeconds: numberWithin(1, LONGEST_SECONDS),
    MaxAttempts: numberWithin(0, LONGEST_SECONDS),
    BackoffRate: numberWithin(1, 1000, "number"),
    MaxDelaySeconds: numberWithin(1, 31_622_400),
    JitterStrategy: oneOf("FULL", "NONE"),
  },
});
const catcher = objectOf({
  required: { ErrorEquals: listOf(text), Next: text },
  optional: { Comment: text, ...ending },
});
const recovering = { Retry: listOf(retrier), Catch: listOf(catcher) };
const choiceRule = objectOf({
  required: {
    Condition: (value, place) => (typeof value === "boolean" ? undefined : expression(value, place)),
    Next: text,
  },
  optional: { Comment: text, ...ending },
});

const graphFields = { required: { StartAt: text, States: checkStates }, optional: { Comment: text } };
const branch = objectOf(graphFields);
const itemProcessor = objectOf({
  required: graphFields.required,
  optional: { Comment: text, ProcessorConfig: checkProcessorConfig },
});

const STATE_FIELDS: Readonly<Record<StateType, Fields>> = {
  Task: {
    required: { Resource: oneOf(...Object.keys(RESOURCES)) },
    optional: {
      ...moving,
      ...ending,
      ...recovering,
      Arguments: template,
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
    },
  },
  Pass: { optional: { ...moving, ...ending } },
  Choice: { required: { Choices: listOf(choiceRule) }, optional: { ...ending, Default: text } },
  Wait: {
    optional: { ...moving, ...ending, Seconds: numberTemplate(0, LONGEST_SECONDS), Timestamp: textTemplate },
  },
  Parallel: {
    required: { Branches: listOf(branch) },
    optional: { ...moving, ...ending, ...recovering, Arguments: template },
  },
  Map: {
    required: { ItemProcessor: itemProcessor },
    optional: {
      ...moving,
      ...ending,
      ...recovering,
      Items: template,
      ItemSelector: template,
      MaxConcurrency: numberTemplate(0, LONGEST_SECONDS),
      ToleratedFailureCount: numberTemplate(0, LONGEST_SECONDS),
      ToleratedFailurePercentage: numberTemplate(0, 100),
    },
  },
  Succeed: { optional: { Output: template } },
  Fail: { optional: { Error: textTemplate, Cause: textTemplate } },
};

const STATE_CHECKS = new Map<string, Check>(
  Object.entries(STATE_FIELDS).map(([type, fields]) => [
    type,
    objectOf({ ...fields, optional: { ...common, ...fields.optional } }),
  ]),
);

/** Checks every field of a definition: that it is known at its place, and that its value is of the right kind. */
export const checkShape: Check = objectOf({
  required: { QueryLanguage: oneOf("JSONata"), ...graphFields.required },
  optional: { Comment: text, Version: oneOf("1.0"), TimeoutSeconds: numberWithin(1, LONGEST_SECONDS) },
});

function checkStates(value: unknown, place: Place): void {
  if (!isObject(value) || Object.keys(value).length === 0)
    return place.refuse("must hold at least one state");
  for (const [name, state] of Object.entries(value)) {
    if (name.length > MAX_NAME_LENGTH)
      place.in(name).refuse(`has a name longer than ${MAX_NAME_LENGTH} characters`);
    checkState(state, place.in(name));
  }
}

function checkState(value: unknown, place: Place): void {
  if (!isObject(value)) return place.refuse("must be an object");
  const check = STATE_CHECKS.get(String(value.Type));
  if (!check) return place.in("Type").refuse(`must be one of ${[...STATE_CHECKS.keys()].join(", ")}`);
  check(value, place);
  if (check === STATE_CHECKS.get("Choice")) return;
  const moves = ["Next", "End"].filter((field) => Object.hasOwn(value, field)).length;
  if (value.Type !== "Succeed" && value.Type !== "Fail" && moves !== 1)
    place.refuse("needs either Next or End");
  if (value.Type === "Wait" && Object.hasOwn(value, "Seconds") === Object.hasOwn(value, "Timestamp")) {
    place.refuse("needs either Seconds or Timestamp");
  }
  if (value.Type === "Task" && isObject(value.Arguments))
    checkArguments(value.Arguments, String(value.Resource), place);
}

/** Distributed Maps read from S3 and run their items as executions of their own, which nothing here does. */
function checkProcessorConfig(value: unknown, place: Place): void {
  if (isObject(value) && value.Mode === "DISTRIBUTED")
    return place
      .in("Mode")
      .refuse(`must be "INLINE": distributed Maps are not imitated; see ${COVERAGE_PAGE}`);
  objectOf({ optional: { Mode: oneOf("INLINE") } })(value, place);
}

function checkArguments(given: Record<string, unknown>, resource: string, place: Place): void {
  const facts = RESOURCES[resource as Resource] as (typeof RESOURCES)[Resource] | undefined;
  if (!facts) return;
  const [required] = facts.arguments;
  if (!Object.hasOwn(given, required)) place.in("Arguments").in(required).refuse("is required");
  for (const name of Object.keys(given)) {
    if (!facts.arguments.includes(name))
      place.in("Arguments").in(name).refuse(`is not supported for ${resource}`);
  }
}

function checkAssign(value: unknown, place: Place): void {
  if (!isObject(value)) return place.refuse("must be an object");
  for (const [name, assigned] of Object.entries(value)) {
    if (name === "states") place.in(name).refuse("is reserved: $states belongs to Step Functions");
    else if (!/^[\p{ID_Start}_]\p{ID_Continue}{0,79}$/u.test(name))
      place.in(name).refuse("is not a variable name");
    template(assigned, place.in(name));
  }
}
