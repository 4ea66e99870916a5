import { readFileSync } from "node:fs";
import { expandDefinition } from "@landbridge/core";

/** The existing flows, each a folder of `stepfunctions/` and of `functions/`; a nested flow comes first. */
export const FLOWS = [
  "sync-access",
  "connect",
  "rotate-token",
  "rotate-certificate",
  "watch",
  "drain-changes",
  "provision",
] as const;
export type Flow = (typeof FLOWS)[number];

const FOLDER = new URL("../../../stepfunctions/", import.meta.url);

/** The state machine as deployed, with its `${Placeholder}`s still open. */
export function readDefinition(flow: Flow): string {
  const source = readFileSync(new URL(`${flow}/${flow}.asl.json`, FOLDER), "utf8");
  return JSON.stringify(expandDefinition(JSON.parse(source) as object), null, 2);
}

/**
 * Fills `${Step}` with the ARN of the function of that step, `${OtherFlow_Step}` with that of a step of another flow, and
 * `${FlowStateMachine}` with the ARN of that flow.
 * @throws {Error} naming a placeholder that stands for nothing
 */
export function fillDefinition(
  flow: Flow,
  arns: { functionArn: (name: string) => string; stateMachineArn: (flow: Flow) => string },
): unknown {
  const filled = readDefinition(flow).replace(/\$\{(\w+)\}/g, (_, placeholder: string) => {
    const nested = FLOWS.find((name) => placeholder === `${pascalCase(name)}StateMachine`);
    return nested ? arns.stateMachineArn(nested) : arns.functionArn(functionName(flow, placeholder));
  });
  return JSON.parse(filled);
}

/**
 * `connect` + `CreateEnterpriseApplication`: `connect/create-enterprise-application`, which is also its file. `watch` +
 * `SyncAccess_LoadPolicy`: `sync-access/load-policy`.
 */
export function functionName(flow: Flow, placeholder: string): string {
  const [state = "", owner] = placeholder.split("_").toReversed();
  return `${owner === undefined ? flow : kebabCase(owner)}/${kebabCase(state)}`;
}

function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function pascalCase(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
