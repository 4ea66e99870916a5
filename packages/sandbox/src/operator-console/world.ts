import type { Entra } from "../entra/entra.ts";
import type { IdentityCenterState } from "../identity-center/state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OperatorConsole } from "./operator-console.ts";

/** What the console's pages show and change. */
export interface ConsoleWorld {
  readonly kernel: Kernel;
  readonly operatorConsole: OperatorConsole;
  readonly identityCenter: IdentityCenterState;
  readonly entra: Entra;
}
