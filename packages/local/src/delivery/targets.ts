/** What events and schedules may start. Both throw the reason for a failed delivery, with the names of the AWS errors. */
export interface Targets {
  /** `input` is JSON text. @throws StateMachineDoesNotExist, … */
  startExecution(stateMachineArn: string, input: string, name?: string): unknown;
  /**
   * Passes an event on as an asynchronous invocation: it resolves when the event is accepted; the function's result is
   * Lambda's concern. @throws ResourceNotFoundException, …
   */
  invokeLambda(functionArn: string, payload: unknown): unknown;
}

const STATE_MACHINE = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:[^:]+$/;
const FUNCTION = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+$/;

export function targetKind(arn: string): "state machine" | "function" | null {
  if (STATE_MACHINE.test(arn)) return "state machine";
  return FUNCTION.test(arn) ? "function" : null;
}

/** Starts the state machine or invokes the function. @param input JSON text */
export async function callTarget(targets: Targets, arn: string, input: string): Promise<void> {
  if (targetKind(arn) === "state machine") await targets.startExecution(arn, input);
  else await targets.invokeLambda(arn, JSON.parse(input));
}
