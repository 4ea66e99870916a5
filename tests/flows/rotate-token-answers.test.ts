import { answerTask, readTask } from "@landbridge/core";
import { answerAsOperator, OPERATOR } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { silent } from "../support/flow-host.ts";
import {
  aConnectedHost,
  connectionOf,
  expectSettled,
  generateToken,
  operatorWho,
  tokenOfEntra,
  tryAnswer,
} from "../support/rotation.ts";

const ENDPOINT_OF_ANOTHER_TENANT =
  "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";

describe("answers to the tasks of rotate-token", () => {
  it("are refused by name while the task stays open, and Entra gets none of them", async () => {
    const refusals: Record<string, string> = {};
    const graphCalls: object[] = [];
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, task) {
          const { token, id } = await generateToken(running);
          const { endpoint } = (await connectionOf(host)).scim;
          const wrong = {
            "the token in use": { newToken: tokenOfEntra(host) },
            "a token that AWS does not know": { newToken: "canary-of-no-use" },
            "the endpoint instead of the token": { newToken: endpoint },
            "an expiry that is over": { newToken: token, expiresAt: "2020-01-31" },
            "an expiry that is no date": { newToken: token, expiresAt: "soon" },
            "the endpoint of another region": {
              newToken: token,
              endpoint: endpoint.replace("eu-central-1", "eu-west-1"),
            },
            "the endpoint of another tenant": { newToken: token, endpoint: ENDPOINT_OF_ANOTHER_TENANT },
            "an endpoint that is not AWS's": { newToken: token, endpoint: "https://evil.example/t/scim/v2" },
            nothing: {},
            "a confirmation": { confirmation: "DELETED" },
          };
          const before = running.sandbox.calls.calls.length;
          for (const [what, answer] of Object.entries(wrong))
            refusals[what] = await tryAnswer(running, task.taskId, answer);
          graphCalls.push(running.sandbox.calls.count(before)["graph"] ?? {});
          running.sandbox.console.deleteToken(id);
          await answerAsOperator(running, task);
        },
      }),
    });

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(refusals).toEqual({
      "the token in use": "ScimTokenInUse",
      "a token that AWS does not know": "ScimTokenRefused",
      "the endpoint instead of the token": "ScimTokenRefused",
      "an expiry that is over": "AnswerRefused",
      "an expiry that is no date": "AnswerRefused",
      "the endpoint of another region": "ScimEndpointOfAnotherRegion",
      "the endpoint of another tenant": "ScimEndpointOfAnotherTenant",
      "an endpoint that is not AWS's": "ScimEndpointRefused",
      nothing: "AnswerRefused",
      "a confirmation": "WrongTask",
    });
    expect(graphCalls).toEqual([{}]);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectSettled(host);
  });

  it("do not pass as a deletion while AWS still accepts the old token", async () => {
    const said: string[] = [];
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "old-token-deletion"(running, task) {
          said.push(await tryAnswer(running, task.taskId, { confirmation: "DELETED" }));
          said.push((await readTask(task.taskId, running.deps)).status);
          await answerAsOperator(running, task);
        },
      }),
    });
    const [report] = await host.run("rotate-token", { force: true }, silent);
    expect(said).toEqual(["OldTokenStillAccepted", "open"]);
    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
  });

  it("take the expiry that the operator reads in the console, else a year from now", async () => {
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "new-scim-token"(running, { taskId }) {
          const { token } = await generateToken(running);
          const answer = { newToken: token, expiresAt: "2026-11-30" };
          await answerTask(taskId, answer, { ...running.deps, answeredBy: OPERATOR });
        },
      }),
    });
    await host.run("rotate-token", { force: true }, silent);
    expect((await connectionOf(host)).scim.expiresAt).toBe("2026-11-30T00:00:00.000Z");
  });
});
