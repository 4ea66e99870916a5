/** Names with which the Step Functions API refuses a request. */
export type ServiceErrorName =
  | "ExecutionAlreadyExists"
  | "ExecutionDoesNotExist"
  | "InvalidExecutionInput"
  | "InvalidName"
  | "InvalidOutput"
  | "InvalidToken"
  | "SerializationException"
  | "StateMachineAlreadyExists"
  | "StateMachineDoesNotExist"
  | "TaskDoesNotExist"
  | "TaskTimedOut"
  | "UnknownOperationException"
  | "ValidationException";

export class ServiceError extends Error {
  override readonly name: ServiceErrorName;

  constructor(name: ServiceErrorName, message: string) {
    super(message);
    this.name = name;
  }
}
