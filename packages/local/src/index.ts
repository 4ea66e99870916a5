export type { StateMachine } from "./definition/asl.ts";
export { InvalidDefinition, parseStateMachine } from "./definition/parse-state-machine.ts";
export type { Problem } from "./definition/place.ts";
export type { HistoryEvent, HistoryEventType } from "./interpreter/history-event.ts";
export { lintStateMachine } from "./lint/lint-state-machine.ts";
export type * from "./service/api.ts";
export { LocalStepFunctions, type LocalStepFunctionsOptions } from "./service/local-step-functions.ts";
export { ServiceError, type ServiceErrorName } from "./service/service-error.ts";
export { makeStepFunctionsService } from "./service/wire.ts";
export type { Service } from "./aws-api/json-service.ts";
export type { DeadLetter, DeadLetters } from "./delivery/dead-letters.ts";
export type { Targets } from "./delivery/targets.ts";
export type { Disturbance } from "./event-bus/disturbance.ts";
export type { BusEvent } from "./event-bus/event.ts";
export { LocalEventBus, type LocalEventBusOptions, type ServiceEvent } from "./event-bus/local-event-bus.ts";
export { makeEventBridgeService } from "./event-bus/wire.ts";
export {
  type DiscardedEvent,
  LocalLambda,
  type LocalLambdaOptions,
} from "./lambda/local-lambda.ts";
export { makeLambdaService } from "./lambda/wire.ts";
export { LocalScheduler, type LocalSchedulerOptions } from "./scheduler/local-scheduler.ts";
export { makeSchedulerService } from "./scheduler/wire.ts";
export { type HttpRoute, makeHttpApi } from "./http-api/local-http-api.ts";
