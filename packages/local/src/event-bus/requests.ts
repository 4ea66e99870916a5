import { flag, integer, list, oneOf, structure, text, textMap, timestamp } from "../aws-api/shapes.ts";
import { RULE_STATES } from "./rule.ts";

/** Requests of EventBridge as its API model limits them; members that are left out here are refused. */
const NAME = text({ min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ });
const BUS = text({
  min: 1,
  max: 1600,
  pattern: /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/,
});
const ARN = text({ min: 1, max: 1600 });
const PATTERN = text({ max: 4096 });
const PATH = text({ max: 256 });
const PAGE = { NextToken: text({ min: 1, max: 2048 }), Limit: integer({ min: 1, max: 100 }) };

export const PUT_EVENTS = structure(
  {
    Entries: list(
      structure(
        {},
        {
          Source: text({}),
          DetailType: text({}),
          Detail: text({}),
          Resources: list(text({ max: 2048 }), {}),
          Time: timestamp,
          EventBusName: BUS,
        },
      ),
      { min: 1, max: 10 },
    ),
  },
  {},
);

export const PUT_RULE = structure(
  { Name: NAME },
  {
    EventPattern: PATTERN,
    State: oneOf(...RULE_STATES),
    Description: text({ max: 512 }),
    RoleArn: ARN,
    EventBusName: BUS,
  },
);

export const NAMED_RULE = structure({ Name: NAME }, { EventBusName: BUS });
export const DELETE_RULE = structure({ Name: NAME }, { EventBusName: BUS, Force: flag });
export const LIST_RULES = structure({}, { NamePrefix: NAME, EventBusName: BUS, ...PAGE });
export const LIST_TARGETS = structure({ Rule: NAME }, { EventBusName: BUS, ...PAGE });
export const TEST_PATTERN = structure({ EventPattern: PATTERN, Event: text({}) }, {});

export const REMOVE_TARGETS = structure(
  { Rule: NAME, Ids: list(NAME, { min: 1, max: 100 }) },
  { EventBusName: BUS, Force: flag },
);

export const PUT_TARGETS = structure(
  {
    Rule: NAME,
    Targets: list(
      structure(
        { Id: NAME, Arn: ARN },
        {
          RoleArn: ARN,
          Input: text({ max: 8192 }),
          InputPath: PATH,
          InputTransformer: structure(
            { InputTemplate: text({ min: 1, max: 8192 }) },
            { InputPathsMap: textMap(text({ min: 1, max: 256, pattern: /^[A-Za-z0-9_-]+$/ }), PATH, 100) },
          ),
          RetryPolicy: structure(
            {},
            {
              MaximumRetryAttempts: integer({ min: 0, max: 185 }),
              MaximumEventAgeInSeconds: integer({ min: 60, max: 86_400 }),
            },
          ),
          DeadLetterConfig: structure({}, { Arn: ARN }),
        },
      ),
      { min: 1, max: 100 },
    ),
  },
  { EventBusName: BUS },
);
