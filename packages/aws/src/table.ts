import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

/** Attribute by which DynamoDB drops expired records: epoch seconds. */
export const TIME_TO_LIVE_ATTRIBUTE = "expiresAt";

/** The table of the record store, as `CreateTable` wants it. */
export function tableDefinition(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  };
}
