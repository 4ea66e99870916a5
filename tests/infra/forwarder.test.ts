import { describe, expect, it } from "vitest";
import { hasPlatform, resourcesOf, statementsOf, synthesis, WITHOUT_PLATFORM } from "./synthesis.ts";

const BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/landbridge-production-events";
const variables = { LANDBRIDGE_FORWARD_TO_BUS: BUS };

describe.skipIf(!hasPlatform)(`the stack that forwards events${WITHOUT_PLATFORM}`, () => {
  it("forwards what Organizations announces in us-east-1, with a role for that and a queue for what fails", async () => {
    const made = await synthesis({ variables, region: "us-east-1" });
    expect(made.app.name).toBe("landbridge-forwarder");
    expect(resourcesOf(made, "EventRule").map(({ name }) => name)).toEqual(["accountsRule"]);
    for (const { inputs } of resourcesOf(made, "EventTarget")) {
      expect(inputs).toMatchObject({
        arn: BUS,
        deadLetterConfig: { arn: expect.stringContaining(":sqs:us-east-1:") },
      });
    }
    const [role] = resourcesOf(made, "Role");
    expect(role && statementsOf(role)).toEqual([
      { Effect: "Allow", Action: ["events:PutEvents"], Resource: [BUS] },
    ]);
  }, 120_000);

  it("forwards the rest from the management account's home region, the same every time", async () => {
    const [one, other] = await Promise.all([synthesis({ variables }), synthesis({ variables })]);
    expect(one).toEqual(other);
    expect(resourcesOf(one, "EventRule").map(({ name }) => name)).toContain("identity-storeRule");
    expect(resourcesOf(one, "EventRule").map(({ name }) => name)).not.toContain("policy-changedRule");
  }, 120_000);

  it("refuses a bus that is none", async () => {
    const failure = await synthesis({ variables: { LANDBRIDGE_FORWARD_TO_BUS: "default" } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining("LANDBRIDGE_FORWARD_TO_BUS") });
  }, 120_000);
});
