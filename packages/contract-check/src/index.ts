export type { CheckMode } from "./check-mode.ts";
export { type CheckLayer, ContractCheck } from "./contract-check.ts";
export { contractCheck, contractLayer, contracts, WITHOUT_CONTRACTS } from "./shared-check.ts";
export { describeViolation, type Violation } from "./violation.ts";
