import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { WaitingExecution } from "./aws-world.ts";
import type { ClientConfig } from "./prepare-account.ts";

const MOST_LOOKS = 200;

/**
 * Starts an execution whose only state waits for its task token.
 * @param definition of the state machine; its task is given the token as `token`
 * @param pause between two looks
 */
export async function startWaiting(
  config: ClientConfig,
  definition: object,
  pause: () => Promise<void>,
): Promise<WaitingExecution> {
  const client = new SFNClient(config);
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: "waiting",
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::123456789012:role/waiting",
    }),
  );
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: "{}" }));

  async function lookFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (let count = 0; count < MOST_LOOKS; count += 1) {
      const found = await look();
      if (found !== undefined) return found;
      await pause();
    }
    throw new Error(`The execution shows no ${what}`);
  }

  const taskToken = await lookFor("task token", async () => {
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    // A state waits once its task is submitted (GetExecutionHistory: HistoryEvent).
    if (!events?.some(({ type }) => type === "TaskSubmitted")) return undefined;
    const parameters = events.find(({ type }) => type === "TaskScheduled")?.taskScheduledEventDetails
      ?.parameters;
    return /"token":\s*"([^"]+)"/.exec(parameters ?? "")?.[1];
  });
  return {
    taskToken,
    ended: () =>
      lookFor("end", async () => {
        const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
        return execution.status === "RUNNING" ? undefined : execution;
      }),
  };
}
