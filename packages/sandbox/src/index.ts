export type { Assignment } from "./identity-center/async-operations.ts";
export { makeVirtualClock } from "./kernel/virtual-clock.ts";
export { type Fault, type FaultRule, makeFaults } from "./faults/faults.ts";
export { Random } from "./kernel/random.ts";
export { CallLog } from "./kernel/calls.ts";
export { makeScaledClock, type SandboxClock } from "./kernel/clock.ts";
export type { Layer, Service } from "./kernel/kernel.ts";
export { DEFAULT_PERMISSIONS } from "./entra/graph/permissions.ts";
export type { ServiceEvent } from "./events/service-event.ts";
export { ConsoleRefusal } from "./operator-console/console-refusal.ts";
export type {
  NewToken,
  OperatorConsole,
  PortalAccount,
  SignIn,
} from "./operator-console/operator-console.ts";
export { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export { DirectoryFile } from "./seed/directory-file.ts";
export { OrganizationFile } from "./seed/organization-file.ts";
export { serveSandbox, type ServedSandbox } from "./serve.ts";
