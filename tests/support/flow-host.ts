import {
  type LocalHost,
  type LocalHostOptions,
  type OperatorTaskOpened,
  startLocalHost,
} from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { AsyncResource } from "node:async_hooks";
import { contractLayer } from "@landbridge/contract-check";
import type { FlowEventCode } from "@landbridge/core";
import { onTestFinished } from "vitest";
import { keepCalls, recordCalls } from "./record-calls.ts";
import { SMALL_POLICY, smallDirectory, smallOrganization } from "./small-company.ts";

export interface FlowHost extends LocalHost {
  readonly seen: { readonly code: FlowEventCode; readonly payload: unknown }[];
}

interface FlowHostOptions extends Partial<LocalHostOptions> {
  readonly operator?: (host: LocalHost, task: OperatorTaskOpened) => Promise<void>;
}

/** Real state machines, real handlers, real SDK clients on the sandbox, on a virtual clock; closed when the test ends. */
export async function aFlowHost({
  operator = answerAsOperator,
  ...options
}: FlowHostOptions = {}): Promise<FlowHost> {
  const recorded = recordCalls();
  const { invoke = (_name, _payload, handler) => handler() } = options;
  const host = await startLocalHost({
    organization: smallOrganization(),
    directory: smallDirectory(),
    policy: SMALL_POLICY,
    speed: "virtual",
    ...options,
    layers: [contractLayer("client"), recorded.layer, ...(options.layers ?? [])],
    // Inside: what a test does before it calls the handler is no call of the function.
    invoke: (name, payload, handler) => invoke(name, payload, () => recorded.invoke(name, payload, handler)),
  });
  onTestFinished(() => keepCalls(recorded.calls));
  onTestFinished(() => host.close());
  const seen: FlowHost["seen"] = [];
  // A person is no part of the function that asks: what happens to its process does not happen to the person.
  const ask = AsyncResource.bind((task: OperatorTaskOpened) => void operator(host, task));
  host.events.listener = {
    emit(code, payload) {
      seen.push({ code, payload });
      if (code === "operator-task.opened") ask(payload as OperatorTaskOpened);
    },
  };
  return { ...host, seen };
}

export { silent } from "./silent.ts";
