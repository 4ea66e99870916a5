export type { CheckMode } from "./check-mode.ts";
export { type CheckLayer, ContractCheck } from "./contract-check.ts";
export { CONTRACTS, contractCheck, contractLayer, WITHOUT_CONTRACTS } from "./shared-check.ts";
export { describeViolation, type Violation } from "./violation.ts";
