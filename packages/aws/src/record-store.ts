import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import {
  FlowError,
  type PutOptions,
  type RecordKind,
  type RecordStore,
  type StoredRecord,
} from "@landbridge/core";
import { TIME_TO_LIVE_ATTRIBUTE } from "./table.ts";
import { isAwsError } from "./translate-error.ts";

/** Records in one DynamoDB table: partition key the kind, sort key the id. All reads are consistent. */
export function makeRecordStore(client: DynamoDBClient, tableName: string): RecordStore {
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const keyOf = (kind: RecordKind, id: string) => ({ TableName: tableName, Key: { pk: kind, sk: id } });

  return {
    async get(kind: RecordKind, id: string) {
      const { Item } = await dynamo.send(new GetCommand({ ...keyOf(kind, id), ConsistentRead: true }));
      return Item === undefined ? null : toRecord(Item);
    },
    async list(kind: RecordKind) {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: tableName,
          KeyConditionExpression: "pk = :kind",
          ExpressionAttributeValues: { ":kind": kind },
          ConsistentRead: true,
        },
      );
      const records: StoredRecord[] = [];
      for await (const { Items = [] } of pages) records.push(...Items.map((item) => toRecord(item)));
      return records;
    },
    async put(kind, id, value, options = {}) {
      try {
        await dynamo.send(new UpdateCommand({ ...keyOf(kind, id), ...describeWrite(value, options) }));
      } catch (error) {
        throw conflict(error, `${kind}/${id}`, options.ifRevision);
      }
    },
    async remove(kind, id, { ifRevision } = {}) {
      const condition = ifRevision !== undefined && {
        ConditionExpression: "attribute_not_exists(pk) OR revision = :revision",
        ExpressionAttributeValues: { ":revision": ifRevision },
      };
      try {
        await dynamo.send(new DeleteCommand({ ...keyOf(kind, id), ...condition }));
      } catch (error) {
        throw conflict(error, `${kind}/${id}`, ifRevision);
      }
    },
  };
}

/** An update rather than a put, since only an update can count on from the stored revision. */
function describeWrite(value: unknown, { ifRevision, expiresAt }: PutOptions) {
  return {
    UpdateExpression: "SET #value = :value, #expiry = :expiry ADD revision :one",
    ExpressionAttributeNames: { "#value": "value", "#expiry": TIME_TO_LIVE_ATTRIBUTE },
    ExpressionAttributeValues: {
      ":value": value,
      // Only a number ever expires (DynamoDB developer guide, "Using time to live").
      ":expiry": expiresAt === undefined ? null : Math.ceil(expiresAt / 1000),
      ":one": 1,
      ...(ifRevision && { ":revision": ifRevision }),
    },
    ...(ifRevision !== undefined && {
      ConditionExpression: ifRevision === 0 ? "attribute_not_exists(pk)" : "revision = :revision",
    }),
  };
}

/** Translates a failed write; returns any failure but that of the condition unchanged. */
function conflict(error: unknown, record: string, revision: number | undefined): unknown {
  if (!isAwsError(error, "ConditionalCheckFailedException")) return error;
  const said = `Record ${record} is not at revision ${revision}: another run wrote it`;
  return new FlowError("ConflictingOperation", said, { cause: error });
}

function toRecord(item: Record<string, unknown>): StoredRecord {
  return { id: String(item["sk"]), value: item["value"], revision: Number(item["revision"]) };
}
