export type { StateMachine } from "./definition/asl.ts";
export { InvalidDefinition, parseStateMachine } from "./definition/parse-state-machine.ts";
export type { Problem } from "./definition/place.ts";
export type { HistoryEvent, HistoryEventType } from "./interpreter/history-event.ts";
export { lintStateMachine } from "./lint/lint-state-machine.ts";
export type * from "./service/api.ts";
export { LocalStepFunctions, type LocalStepFunctionsOptions } from "./service/local-step-functions.ts";
export { ServiceError, type ServiceErrorName } from "./service/service-error.ts";
export { makeStepFunctionsService } from "./service/wire.ts";
