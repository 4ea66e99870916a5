import { ApiError, NotImitated } from "../aws-api/api-error.ts";
import { makeJsonService, type Operation, type Service } from "../aws-api/json-service.ts";
import { takePage } from "../aws-api/paging.ts";
import type { LocalEventBus } from "./local-event-bus.ts";
import { compilePattern } from "./pattern/compile-pattern.ts";
import * as requests from "./requests.ts";
import type { Rule } from "./rule.ts";

const COVERAGE_PAGE = "packages/local/src/event-bus/coverage.md";
const LARGEST_PAGE = 100;

/** The bus as an HTTP service with AWS JSON 1.1, for the AWS SDK and CLI. It ignores signatures. */
export function makeEventBridgeService(bus: LocalEventBus): Service {
  return makeJsonService({
    targetPrefix: "AWSEvents.",
    operations: makeOperations(bus),
    coveragePage: COVERAGE_PAGE,
  });
}

function makeOperations(bus: LocalEventBus): Readonly<Record<string, Operation>> {
  const { rules } = bus;

  function onDefaultBus<T extends { readonly EventBusName?: string }>(request: T): T {
    if (bus.isDefaultBus(request.EventBusName)) return request;
    throw new ApiError("ResourceNotFoundException", `Event bus ${request.EventBusName} does not exist.`);
  }

  return {
    PutEvents(input) {
      const { Entries } = requests.PUT_EVENTS(input, "");
      const results = bus.putEvents(Entries);
      return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
    },
    PutRule(input) {
      refuseScheduledRule(input);
      const { Name, EventPattern, State, Description, RoleArn } = onDefaultBus(requests.PUT_RULE(input, ""));
      if (EventPattern === undefined) {
        throw new ApiError(
          "ValidationException",
          "Parameter(s) EventPattern or ScheduleExpression must be specified.",
        );
      }
      const RuleArn = rules.put({
        name: Name,
        pattern: EventPattern,
        state: State ?? "ENABLED",
        ...(Description !== undefined && { description: Description }),
        ...(RoleArn !== undefined && { roleArn: RoleArn }),
      });
      return { RuleArn };
    },
    DeleteRule(input) {
      rules.delete(onDefaultBus(requests.DELETE_RULE(input, "")).Name);
      return {};
    },
    DescribeRule(input) {
      return describe(rules.get(onDefaultBus(requests.NAMED_RULE(input, "")).Name));
    },
    EnableRule(input) {
      rules.setState(onDefaultBus(requests.NAMED_RULE(input, "")).Name, "ENABLED");
      return {};
    },
    DisableRule(input) {
      rules.setState(onDefaultBus(requests.NAMED_RULE(input, "")).Name, "DISABLED");
      return {};
    },
    ListRules(input) {
      const { NamePrefix = "", Limit, NextToken } = onDefaultBus(requests.LIST_RULES(input, ""));
      const found = rules.all.filter(({ name }) => name.startsWith(NamePrefix)).map(describe);
      const { items, ...rest } = takePage(found, Limit ?? LARGEST_PAGE, NextToken);
      return { Rules: items, ...rest };
    },
    PutTargets(input) {
      const { Rule, Targets } = onDefaultBus(requests.PUT_TARGETS(input, ""));
      rules.putTargets(Rule, Targets);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      const { Rule, Ids } = onDefaultBus(requests.REMOVE_TARGETS(input, ""));
      const FailedEntries = rules.removeTargets(Rule, Ids);
      return { FailedEntryCount: FailedEntries.length, FailedEntries };
    },
    ListTargetsByRule(input) {
      const { Rule, Limit, NextToken } = onDefaultBus(requests.LIST_TARGETS(input, ""));
      const { items, ...rest } = takePage(
        [...rules.get(Rule).targets.values()],
        Limit ?? LARGEST_PAGE,
        NextToken,
      );
      return { Targets: items, ...rest };
    },
    TestEventPattern(input) {
      const { EventPattern, Event } = requests.TEST_PATTERN(input, "");
      return { Result: compilePattern(EventPattern)(readEvent(Event)) };
    },
  };
}

function describe(rule: Rule): object {
  const { name, arn, pattern, state, description, roleArn } = rule;
  return {
    Name: name,
    Arn: arn,
    EventPattern: pattern,
    State: state,
    ...(description !== undefined && { Description: description }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    EventBusName: "default",
  };
}

/** AWS calls scheduled rules legacy: use EventBridge Scheduler. */
function refuseScheduledRule(input: unknown): void {
  if (typeof input === "object" && input !== null && "ScheduleExpression" in input) {
    throw new NotImitated("ScheduleExpression of a rule (use EventBridge Scheduler)");
  }
}

const MANDATORY = ["id", "account", "source", "time", "region", "resources", "detail-type"];

/** @throws {ApiError} ValidationException [TestEventPattern: Event] */
function readEvent(event: string): object {
  const parsed = parseObject(event);
  const missing = MANDATORY.find((name) => !Object.hasOwn(parsed, name));
  if (missing === undefined) return parsed;
  throw new ApiError("ValidationException", `Parameter Event is not valid. Reason: it has no ${missing}.`);
}

function parseObject(event: string): object {
  try {
    const parsed: unknown = JSON.parse(event);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch (error) {
    throw new ApiError("ValidationException", `Parameter Event is not JSON: ${(error as Error).message}`);
  }
  throw new ApiError("ValidationException", "Parameter Event is not a JSON object.");
}
