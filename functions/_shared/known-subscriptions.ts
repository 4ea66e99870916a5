import { type AwsAccess, callAws } from "./call-aws.ts";
import type { KnownSubscription } from "./graph-notices.ts";

const FRESH_MILLISECONDS = 60_000;
/** Made-up subscription ids cause at most one read in that time. */
const LEAST_PAUSE_MILLISECONDS = 10_000;

interface Item {
  readonly value?: {
    readonly M?: {
      readonly subscriptionId?: { readonly S?: string };
      readonly clientStateHash?: { readonly S?: string };
    };
  };
}

/**
 * The subscriptions in the table, cached for a minute; read again earlier if a requested one is not among them.
 * @throws {Error} when the last read failed: nobody is a stranger to somebody who could not look
 */
export function rememberSubscriptions(tableName: string, access: AwsAccess) {
  let known: readonly KnownSubscription[] = [];
  let readAt = -Infinity;
  let failure: unknown;
  return async (subscriptionIds: readonly string[]): Promise<readonly KnownSubscription[]> => {
    const age = access.now() - readAt;
    const isStranger = subscriptionIds.some(
      (id) => !known.some(({ subscriptionId }) => subscriptionId === id),
    );
    if (age > FRESH_MILLISECONDS || (isStranger && age > LEAST_PAUSE_MILLISECONDS)) {
      readAt = access.now();
      try {
        known = await readSubscriptions(tableName, access);
        failure = undefined;
      } catch (error) {
        failure = error;
      }
    }
    if (failure !== undefined && isStranger) throw failure;
    return known;
  };
}

/** Records of kind `subscription`, as the record store writes them. */
async function readSubscriptions(TableName: string, access: AwsAccess): Promise<KnownSubscription[]> {
  const response = await callAws(
    {
      service: "dynamodb",
      path: "/",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.Query",
      },
      body: {
        TableName,
        KeyConditionExpression: "pk = :kind",
        ExpressionAttributeValues: { ":kind": { S: "subscription" } },
        ConsistentRead: true,
      },
    },
    access,
  );
  const { Items = [] } = (await response.json()) as { Items?: readonly Item[] };
  return Items.flatMap(({ value }) => {
    const subscriptionId = value?.M?.subscriptionId?.S;
    const clientStateHash = value?.M?.clientStateHash?.S;
    return subscriptionId && clientStateHash ? [{ subscriptionId, clientStateHash }] : [];
  });
}
