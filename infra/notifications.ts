import { nameOf, type Place } from "./place.ts";

interface NotificationsArgs {
  readonly bus: aws.cloudwatch.EventBus;
  readonly keyArn: $util.Input<string>;
  readonly emails: readonly string[];
  readonly deadLetters: aws.sqs.Queue;
}

/** Mails what a person has to know: alarms, and tasks that wait for one. */
export function makeNotifications(place: Place, { bus, keyArn, emails, deadLetters }: NotificationsArgs) {
  const topic = new aws.sns.Topic("Notifications", {
    name: nameOf(place, "notifications"),
    kmsMasterKeyId: keyArn,
  });
  new aws.sns.TopicPolicy("NotificationsPolicy", {
    arn: topic.arn,
    policy: topic.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: arn,
            Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
          },
          {
            // EventBridge names no source to an encrypted topic (SNS: topics encrypted for event sources).
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sns:Publish",
            Resource: arn,
          },
        ],
      }),
    ),
  });
  emails.forEach((endpoint, index) => {
    new aws.sns.TopicSubscription(`Notifications${index + 1}`, {
      topic: topic.arn,
      protocol: "email",
      endpoint,
    });
  });
  const rule = new aws.cloudwatch.EventRule("TellPeopleRule", {
    name: nameOf(place, "tell-people"),
    description: "A flow waits for a person, or its task is about to expire",
    eventBusName: bus.name,
    eventPattern: JSON.stringify(PEOPLE),
  });
  new aws.cloudwatch.EventTarget("TellPeopleTarget", {
    rule: rule.name,
    eventBusName: bus.name,
    arn: topic.arn,
    deadLetterConfig: { arn: deadLetters.arn },
    retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
    inputTransformer: {
      inputPaths: { title: "$.detail.title", id: "$.detail.taskId", what: "$.detail-type" },
      inputTemplate: '"Landbridge: <title> (<what>). Answer it with: landbridge tasks show <id>"',
    },
  });
  return topic;
}

const PEOPLE = {
  source: ["landbridge"],
  "detail-type": ["operator-task.opened", "operator-task.reminder", "operator-task.closed"],
};
