import { readdirSync, readFileSync } from "node:fs";
import { ERRORS } from "@landbridge/core";
import { type Flow, FLOWS, functionName, readDefinition } from "@landbridge/host/state-machines";
import { lintStateMachine, parseStateMachine } from "@landbridge/local";
import validate from "asl-validator";
import { describe, expect, it } from "vitest";

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Branches?: readonly { readonly States: Record<string, State> }[];
  readonly ItemProcessor?: { readonly States: Record<string, State> };
}

const FUNCTIONS = new URL("../../functions/", import.meta.url);
const OF_AWS = /^(States|Lambda|Sandbox)\./;

function statesOf(states: Record<string, State>): [string, State][] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.Branches ?? []).flatMap((branch) => statesOf(branch.States)),
    ...statesOf(state.ItemProcessor?.States ?? {}),
  ]);
}

function readTasks(flow: Flow): [string, State][] {
  const { States } = JSON.parse(readDefinition(flow)) as { States: Record<string, State> };
  return statesOf(States).filter(([, { Resource }]) => Resource?.includes(":lambda:"));
}

/** `${SyncAccess_ReadInstance}`: a function of another flow. */
function isBorrowed([, { Arguments }]: readonly [string, State]): boolean {
  return Arguments?.FunctionName?.includes("_") ?? false;
}

describe.each(FLOWS)("stepfunctions/%s", (flow) => {
  const definition = JSON.parse(readDefinition(flow)) as { States: Record<string, State> };
  const tasks = readTasks(flow);
  const own = tasks.filter((task) => !isBorrowed(task));
  const borrowed = tasks.filter(isBorrowed);

  it("is valid ASL, for AWS's grammar and for the local runner", () => {
    const { isValid, errors } = validate(structuredClone(definition));
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
    expect(lintStateMachine(definition)).toEqual([]);
    expect(() => parseStateMachine(flow, definition)).not.toThrow();
  });

  it("has one file in functions/ for each Task state that has a function of its own, and no other", () => {
    const files = readdirSync(new URL(`${flow}/`, FUNCTIONS)).map((file) => `${flow}/${file}`);
    expect(files.toSorted()).toEqual(own.map(([name]) => `${functionName(flow, name)}.ts`).toSorted());
  });

  it.each(own)("invokes the function of its own name in %s", (name, state) => {
    expect(state.Arguments?.FunctionName).toBe(`\${${name}}`);
  });

  it.runIf(borrowed.length > 0)("borrows functions from states of the same name, with the same time", () => {
    for (const [name, { Arguments, TimeoutSeconds }] of borrowed) {
      const [, placeholder = ""] = /^\$\{(\w+)\}$/.exec(Arguments?.FunctionName ?? "") ?? [];
      const wanted = functionName(flow, placeholder);
      const owner = FLOWS.find((one) => wanted.startsWith(`${one}/`));
      const [, lender] = (owner ? readTasks(owner) : []).find(([state]) => state === name) ?? [];
      expect(owner && functionName(owner, name), name).toBe(wanted);
      expect(lender?.Arguments?.FunctionName, name).toBe(`\${${name}}`);
      expect(lender?.TimeoutSeconds, name).toBe(TimeoutSeconds);
    }
  });

  it("retries exactly the failures that may be retried", () => {
    const retryable = Object.entries(ERRORS).filter(([, { retryable }]) => retryable);
    for (const [name, { Retry = [] }] of tasks) {
      const retried = Retry.flatMap(({ ErrorEquals }) => ErrorEquals).filter((error) => !OF_AWS.test(error));
      expect(retried.toSorted(), name).toEqual(retryable.map(([error]) => error).toSorted());
    }
  });

  it("catches only failures that exist", () => {
    const caught = statesOf(definition.States).flatMap(([, { Catch = [] }]) =>
      Catch.flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    for (const error of caught.filter((name) => !OF_AWS.test(name)))
      expect(Object.keys(ERRORS)).toContain(error);
  });

  it("waits for nobody forever: every operator task has a deadline, a heartbeat and a state for its expiry", () => {
    for (const [name, state] of tasks.filter(([, { Resource }]) => Resource?.endsWith(".waitForTaskToken"))) {
      expect(state, name).toMatchObject({ TimeoutSeconds: 14 * 86_400, HeartbeatSeconds: 7 * 86_400 });
      const caught = (state.Catch ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(caught, name).toEqual(expect.arrayContaining(["States.Timeout", "States.HeartbeatTimeout"]));
    }
  });

  it("lets no secret and no token of AWS through a state", () => {
    expect(readDefinition(flow)).not.toMatch(/secretsmanager:getSecretValue|bearer|scimToken/i);
  });

  it.each(statesOf(definition.States))("is described next to the file: %s", (name) => {
    const readme = readFileSync(new URL(`../../stepfunctions/${flow}/README.md`, import.meta.url), "utf8");
    expect(readme).toMatch(new RegExp(`^\\| ${name} +\\|`, "m"));
  });
});
