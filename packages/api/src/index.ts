export { type Caller, type Role, ROLES } from "./caller.ts";
export { listRouteKeys } from "./describe-api.ts";
export { FLOW_INPUTS } from "./flow-inputs.ts";
export { makeApi } from "./make-api.ts";
