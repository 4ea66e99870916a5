import { type EventRule, eventRules } from "@landbridge/core";
import { makeDeadLetterQueue, RETRY } from "./dead-letters.ts";
import { allow, policyDocument, trustService } from "./policies.ts";

const GLOBAL_REGION = "us-east-1";

/** Rules for events that appear where AWS sends them, not where the deployment is. */
export function forwardable(): readonly EventRule[] {
  const own = ["policy-changed", "run-started"];
  return eventRules({ bucketName: "", policyKey: "", executionPrefix: "" }).filter(
    ({ name }) => !own.includes(name),
  );
}

/**
 * The second stack, for events that the deployment's account and region do not get: in us-east-1 what Organizations
 * announces, in the instance's region of the management account the rest, when a delegated administrator is deployed to.
 * @param busArn of the deployment's bus (output `bus`)
 */
export async function forward(busArn: string) {
  if (!/^arn:aws[\w-]*:events:[\w-]+:\d{12}:event-bus\/.+$/.test(busArn)) {
    throw new Error(
      `LANDBRIDGE_FORWARD_TO_BUS: ${busArn} is not the ARN of an event bus; see the output \`bus\` of the deployment`,
    );
  }
  const [{ region }, { accountId }] = await Promise.all([aws.getRegion(), aws.getCallerIdentity()]);
  const prefix = `${$app.name}-${$app.stage}-`;
  const wanted = region === GLOBAL_REGION ? GLOBAL_REGION : "home";
  const deadLetters = makeDeadLetterQueue({ prefix, accountId }, "events");
  const role = new aws.iam.Role("ForwardRole", {
    name: `${prefix}${region}`,
    assumeRolePolicy: trustService("events.amazonaws.com", accountId),
    inlinePolicies: [
      { name: "permissions", policy: JSON.stringify(policyDocument(allow(["events:PutEvents"], [busArn]))) },
    ],
  });
  for (const { name, description, pattern, appearsIn } of forwardable()) {
    if (appearsIn !== wanted) continue;
    const rule = new aws.cloudwatch.EventRule(`${name}Rule`, {
      name: `${prefix}${name}`,
      description,
      eventPattern: JSON.stringify(pattern),
    });
    new aws.cloudwatch.EventTarget(`${name}Target`, {
      rule: rule.name,
      arn: busArn,
      roleArn: role.arn,
      deadLetterConfig: { arn: deadLetters.arn },
      retryPolicy: RETRY,
    });
  }
  return { forwardsTo: busArn };
}
