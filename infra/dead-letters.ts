import { nameOf, type Place } from "./place.ts";

/** Delivery of events is retried for a day; after that they are in the queue (PutTargets: RetryPolicy). */
export const RETRY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** SQS keeps messages for at most fourteen days. */
const RETENTION_SECONDS = 1_209_600;

/** Receives what could not be delivered. A message names its rule, schedule or function in its attributes. */
export function makeDeadLetterQueue(
  place: Pick<Place, "prefix" | "accountId">,
  kind: "events" | "schedules" | "functions",
) {
  const { accountId } = place;
  const queue = new aws.sqs.Queue(`DeadLetters${kind}`, {
    name: nameOf(place, `dead-${kind}`),
    messageRetentionSeconds: RETENTION_SECONDS,
    sqsManagedSseEnabled: true,
  });
  new aws.sqs.QueuePolicy(`DeadLetters${kind}Policy`, {
    queueUrl: queue.url,
    policy: queue.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          ...(kind === "events"
            ? [
                {
                  Effect: "Allow",
                  Principal: { Service: "events.amazonaws.com" },
                  Action: "sqs:SendMessage",
                  Resource: arn,
                  Condition: { StringEquals: { "aws:SourceAccount": accountId } },
                },
              ]
            : []),
          {
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    ),
  });
  return queue;
}
