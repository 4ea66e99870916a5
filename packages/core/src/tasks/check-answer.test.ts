import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAnswer } from "./check-answer.ts";
import { aWaitingFlow, SCIM_TASK } from "../../test-support/task-harness.ts";
import { answerFields, TASK_KINDS, taskKind } from "./task-kinds.ts";

const context = { ...aWaitingFlow().ports, answeredBy: "ada" };
const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";

const KNOWN = { ...context.secrets, read: async () => "another" };

function refused(answer: unknown): Promise<unknown> {
  return checkAnswer(SCIM_TASK, answer, context).catch((error: unknown) => error);
}

describe("an answer", () => {
  it("is refused field by field", async () => {
    expect(await refused({ endpoint: " ", expiresAt: "tomorrow" })).toMatchObject({
      name: "AnswerRefused",
      message: "endpoint: missing; token: missing; expiresAt: expected a day such as 2031-01-31",
    });
    expect(await refused({ endpoint: ENDPOINT, token: "t", colour: "red" })).toMatchObject({
      name: "AnswerRefused",
      message: 'Unrecognized key: "colour"',
    });
    expect(await refused(null)).toMatchObject({ name: "AnswerRefused" });
  });

  it.each([
    ["2020-01-01", "expiresAt: this date is in the past"],
    ["2999-12-31", "expiresAt: AWS's tokens are valid for one year at most"],
  ])("that has a token end on %s is refused: nobody would be warned in time", async (expiresAt, message) => {
    const answer = { endpoint: ENDPOINT, token: "t", expiresAt };
    expect(await refused(answer)).toMatchObject({ name: "AnswerRefused", message });
    const renewal = { ...taskKind("new-scim-token").sample };
    await expect(
      checkAnswer(renewal, { newToken: "t", expiresAt }, { ...context, secrets: KNOWN }),
    ).rejects.toMatchObject({ name: "AnswerRefused", message });
  });

  it("to another task is named as one", async () => {
    expect(await refused({ metadata: "<xml/>" })).toMatchObject({
      name: "WrongTask",
      message: "This task is of kind scim-credentials; the answer fits service-provider-metadata",
    });
    expect(await refused({ confirmation: "ACCEPT" })).toMatchObject({ name: "WrongTask" });
  });

  it("repeats no value when it is refused, whatever the field's value", async () => {
    const canary = "canary-9f27c1";
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TASK_KINDS.map(({ kind }) => kind)),
        fc.dictionary(
          fc.constantFrom("metadata", "confirmation", "endpoint", "token", "newToken", "expiresAt"),
          fc.constantFrom<unknown>(canary, [canary], { canary }, 7, null),
        ),
        async (kind, answer) => {
          const error: unknown = await checkAnswer(taskKind(kind).sample, answer, context).catch(
            (thrown: unknown) => thrown,
          );
          if (error instanceof Error) expect(error.message).not.toContain(canary);
        },
      ),
    );
  });
});

describe.each(TASK_KINDS.map(({ kind }) => kind))("task kind %s", (kind) => {
  it("asks for at least one field, and can tell people what each is", () => {
    const fields = answerFields(kind);
    expect(fields.some(({ optional }) => !optional)).toBe(true);
    for (const { what } of fields) expect(what).not.toBe("");
  });

  it("says what to do in numbered steps, without a secret or a task token", () => {
    const { title, why, steps, next } = taskKind(kind).guide(taskKind(kind).sample);
    for (const text of [title, why, next, ...steps]) expect(text).toMatch(/\S/);
    expect(steps.join(" ")).not.toMatch(/undefined|NaN|taskToken/);
  });
});
