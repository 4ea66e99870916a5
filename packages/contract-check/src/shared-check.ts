import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CheckMode } from "./check-mode.ts";
import { type CheckLayer, ContractCheck } from "./contract-check.ts";
import { Contracts } from "./contracts.ts";

/** The contracts' folder: next to the repository, and not in every clone. */
export const CONTRACTS = fileURLToPath(new URL("../../../../shared/contracts", import.meta.url));

/** For the titles of tests that need the contracts. */
export const WITHOUT_CONTRACTS = "skipped without ../shared/contracts";

/** All checks of one process share them, because to compile them takes seconds. */
export const contracts = new Contracts(CONTRACTS);

/** The check that all tests of one process share; null without contracts. */
export const contractCheck = existsSync(CONTRACTS) ? new ContractCheck(contracts) : null;

/** Checks whatever passes, so that a violation fails the test it happens in; lets it pass unseen without contracts. */
export function contractLayer(mode: CheckMode): CheckLayer {
  return contractCheck?.layer(mode) ?? ((_service, inner) => inner);
}
