import type { CheckMode } from "./check-mode.ts";
import { type CheckLayer, ContractCheck } from "./contract-check.ts";
import { Contracts } from "./contracts.ts";
import { contractFolders } from "./places.ts";

/** All checks of one process share them, because to compile them takes seconds. */
export const contracts = new Contracts(contractFolders);

/** The check that all tests of one process share. It lets services pass unseen whose contracts are absent. */
export const contractCheck = new ContractCheck(contracts);

/** Checks whatever passes, so that a violation fails the test it happens in. */
export function contractLayer(mode: CheckMode): CheckLayer {
  return contractCheck.layer(mode);
}
