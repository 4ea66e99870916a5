export { isNotImplemented } from "./check-mode.ts";
export type { Contracts } from "./contracts.ts";
export { contractFolders, type ContractFolders, WITHOUT_CONTRACTS } from "./places.ts";
export { contractCheck, contractLayer, contracts } from "./shared-check.ts";
export { describeViolation } from "./violation.ts";
