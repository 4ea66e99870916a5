import { clickThrough } from "@landbridge/host/scripted-operator";
import type { LocalHost } from "@landbridge/host/local-host";
import { readTask } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { apiAs } from "../support/api-caller.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";

interface Task {
  readonly id: string;
}

async function started(host: FlowHost, flow: string, input: object): Promise<{ arn: string; name: string }> {
  const { arn } = (await apiAs(host, "olivia").post(`/flows/${flow}/executions`, input)) as { arn: string };
  return { arn, name: arn.split(":").at(-1) ?? "" };
}

const json = (body: object) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

async function answerThroughTheApi(host: LocalHost, { taskId }: { taskId: string }): Promise<void> {
  const api = apiAs(host, "olivia");
  const task = (await api.get(`/tasks/${taskId}`)) as { document: { fileName: string } | null };
  expect(task).toMatchObject({ id: taskId, steps: expect.any(Array) as [] });
  if (task.document !== null) expect(await api.get(`/tasks/${taskId}/document`)).toContain("<");
  const { subject } = await readTask(taskId, host.deps);
  await api.post(`/tasks/${taskId}/answer`, (await clickThrough(host, subject)) as object);
}

/** A host whose connect waits for its first task. */
async function waiting(): Promise<{ host: FlowHost; task: Task }> {
  const opened = Promise.withResolvers<void>();
  const host = await aFlowHost({ operator: () => Promise.resolve(opened.resolve()) });
  await started(host, "connect", {});
  await opened.promise;
  const [task] = (await apiAs(host, "olivia").get("/tasks")) as Task[];
  if (!task) throw new Error("no task is open");
  return { host, task };
}

/** Answers no task. */
const nobody = () => Promise.resolve();

describe("the API", () => {
  it("starts connect, shows its tasks, takes their answers and follows it to its end", async () => {
    const host = await aFlowHost({ operator: answerThroughTheApi });

    const { arn } = await started(host, "connect", {});
    await host.runtime.stepFunctions.untilEnded(arn);

    expect(await apiAs(host, "rita").get(`/executions/${arn}`)).toMatchObject({
      flow: "connect",
      status: "SUCCEEDED",
    });
    expect(await apiAs(host, "rita").get("/tasks")).toEqual([]);
    expect(await apiAs(host, "rita").get("/status")).toMatchObject({ health: null });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("takes the answers of a token rotation, which are checked against the token in use", async () => {
    const host = await aFlowHost({ operator: answerThroughTheApi });
    await host.run("connect", {}, silent);
    const { arn } = await started(host, "rotate-token", { force: true });
    await host.runtime.stepFunctions.untilEnded(arn);
    expect(await apiAs(host, "rita").get(`/executions/${arn}`)).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "rotated" },
    });
  });

  it("plans on request and gives the plan as JSON, text and Markdown, and the report", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    const { arn, name } = await started(host, "sync-access", { scope: "full", mode: "plan" });
    const api = apiAs(host, "rita");
    await expect(api.get(`/sync-access/${name}/plan`)).rejects.toThrow(/404 .*until the execution ends/);

    await host.runtime.stepFunctions.untilEnded(arn);

    expect(await api.get(`/sync-access/${name}/report`)).toMatchObject({ result: "planned" });
    expect(await api.get(`/sync-access/${name}/plan`)).toMatchObject({
      counts: { unchanged: 8, creates: 0 },
    });
    expect(await api.get(`/sync-access/${name}/plan?format=text`)).toContain("8 unchanged");
    expect(await api.get(`/sync-access/${name}/plan?format=markdown`)).toContain("#");
  });

  it("carries out a request with an idempotency key once, and refuses the key for another request", async () => {
    const host = await aFlowHost();
    const api = apiAs(host, "olivia");
    const plan = { scope: "full", mode: "plan" };
    const first = await api.post("/flows/sync-access/executions", plan, "pipeline 7");
    expect(await api.post("/flows/sync-access/executions", plan, "pipeline 7")).toEqual(first);
    await expect(
      api.post("/flows/sync-access/executions", { ...plan, mode: "apply" }, "pipeline 7"),
    ).rejects.toMatchObject({ name: "ExecutionConflict" });
    expect(await api.get("/flows/sync-access/executions")).toHaveLength(1);
  });

  it("stops an execution and says who did", async () => {
    const host = await aFlowHost({ operator: nobody });
    const { arn } = await started(host, "connect", {});
    await apiAs(host, "olivia").post(`/executions/${arn}/stop`, { cause: "wrong tenant" });
    expect(await apiAs(host, "rita").get(`/executions/${arn}`)).toMatchObject({
      status: "ABORTED",
      cause: expect.stringMatching(
        /assumed-role\/AWSReservedSSO_Sandbox_[0-9a-f]+\/olivia: wrong tenant$/,
      ) as string,
    });
  });

  it("says who changed something", async () => {
    const host = await aFlowHost({ operator: nobody });
    const { arn } = await started(host, "connect", {});
    await apiAs(host, "rita").get(`/executions/${arn}`);
    expect(host.seen.filter(({ code }) => code.startsWith("api."))).toEqual([
      {
        code: "api.called",
        payload: {
          caller: expect.stringMatching(/olivia$/) as string,
          method: "POST",
          path: "/v1/flows/connect/executions",
          status: 202,
        },
      },
    ]);
  });

  it("lets nobody in whose request is not signed", async () => {
    const host = await aFlowHost();
    const response = await apiAs(host, null).fetch("/tasks");
    expect(response.status).toBe(403);
  });
});

describe("what the API refuses", () => {
  it.each([
    ["POST", "/nonsense"],
    ["POST", "/tasks/3f2a%2Fapproval"],
    ["POST", "/tasks%2F3f2a/approval"],
    ["POST", "/executions/arn%3Aaws%2Fstop"],
    ["PUT", "/tasks"],
    ["HEAD", "/tasks"],
  ])("%s %s, which is no route", async (method, path) => {
    const host = await aFlowHost();
    const response = await apiAs(host, "olivia").fetch(path, { method });
    expect(response.status).toBe(404);
  });

  it("what a path turns out to be behind another route", async () => {
    const host = await aFlowHost();
    const api = apiAs(host, "rita");
    expect((await api.fetch("/tasks/3f2a%2Fdocument")).status).toBe(404);
    expect(await (await api.fetch("/tasks/3f2a%2Fdocument")).json()).toMatchObject({
      detail: "Path /v1/tasks/3f2a/document does not belong to route GET /v1/tasks/{id}.",
    });
  });

  it("a wrong answer with its reason, as problem details, and leaves the task open", async () => {
    const { host, task } = await waiting();
    const response = await apiAs(host, "olivia").fetch(
      `/tasks/${task.id}/answer`,
      json({ metadata: "<a/>" }),
    );
    expect([response.status, response.headers.get("content-type")]).toEqual([
      422,
      "application/problem+json",
    ]);
    expect(await response.json()).toMatchObject({
      title: "MetadataInvalid",
      status: 422,
      remedy: expect.stringContaining("Download") as string,
    });
    expect(await apiAs(host, "olivia").get("/tasks")).toMatchObject([{ id: task.id }]);
  });

  it("an answer at the path of approvals, which has a policy of its own", async () => {
    const { host, task } = await waiting();
    const response = await apiAs(host, "olivia").fetch(`/tasks/${task.id}/approval`, json({ metadata: "x" }));
    expect(response.status).toBe(403);
  });

  it("the second answer, with 409", async () => {
    const { host, task } = await waiting();
    const { subject } = await readTask(task.id, host.deps);
    const answer = (await clickThrough(host, subject)) as object;
    const answers = [answer, answer].map((body) =>
      apiAs(host, "olivia").fetch(`/tasks/${task.id}/answer`, json(body)),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(
      expect.arrayContaining([204, 409]),
    );
  });

  it.each([
    ["a flow that does not exist", "/flows/demolish/executions", {}, 400, /flow/],
    [
      "an input that the flow does not take",
      "/flows/sync-access/executions",
      { scope: "everything" },
      400,
      /scope/,
    ],
    ["a cause that is missing", "/executions/arn:aws:states:x:1:execution:connect:y/stop", {}, 400, /cause/],
    [
      "an execution that does not exist",
      "/executions/arn:aws:states:eu-central-1:111111111111:execution:connect:y/stop",
      { cause: "x" },
      404,
      /exist/i,
    ],
    ["a task that does not exist", "/tasks/none/decline", { reason: "x" }, 404, /none/],
  ])("%s", async (_, path, body, status, detail) => {
    const host = await aFlowHost();
    const response = await apiAs(host, "olivia").fetch(path, json(body));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail) as string });
  });
});
