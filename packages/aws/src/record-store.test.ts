import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "../test-support/fake-aws.ts";

const item = (id: string, value: object, revision = "1") => ({
  pk: { S: "task" },
  sk: { S: id },
  value: { M: value },
  revision: { N: revision },
});

describe("record store", () => {
  it("reads a record consistently", async () => {
    const { records, requests } = awsOn({ GetItem: { Item: item("t1", { status: { S: "open" } }, "4") } });
    expect(await records.get("task", "t1")).toEqual({ id: "t1", value: { status: "open" }, revision: 4 });
    expect(requests).toMatchObject([
      {
        target: "DynamoDB_20120810.GetItem",
        body: {
          TableName: "landbridge",
          Key: { pk: { S: "task" }, sk: { S: "t1" } },
          ConsistentRead: true,
        },
      },
    ]);
  });

  it("gives null for a record that is not there", async () => {
    const { records } = awsOn({ GetItem: {} });
    expect(await records.get("lease", "sync-access")).toBeNull();
  });

  it("lists a kind over all pages, empty ones too", async () => {
    const next = { LastEvaluatedKey: { pk: { S: "task" }, sk: { S: "t1" } } };
    const { records, sent } = awsOn({
      Query: [{ Items: [item("t1", {})], ...next }, { Items: [], ...next }, { Items: [item("t2", {})] }],
    });
    expect((await records.list("task")).map(({ id }) => id)).toEqual(["t1", "t2"]);
    expect(sent("Query")).toMatchObject([
      { ConsistentRead: true, ExpressionAttributeValues: { ":kind": { S: "task" } } },
      { ExclusiveStartKey: next.LastEvaluatedKey },
      { ExclusiveStartKey: next.LastEvaluatedKey },
    ]);
  });

  it("writes a value, leaves undefined members out, and counts the revision on", async () => {
    const { records, sent } = awsOn({ UpdateItem: {} });
    await records.put("ledger", "a", { name: "x", note: undefined, deep: [{ n: 1 }] });
    expect(sent("UpdateItem")).toEqual([
      {
        TableName: "landbridge",
        Key: { pk: { S: "ledger" }, sk: { S: "a" } },
        UpdateExpression: "SET #value = :value, #expiry = :expiry ADD revision :one",
        ExpressionAttributeNames: { "#value": "value", "#expiry": "expiresAt" },
        ExpressionAttributeValues: {
          ":value": { M: { name: { S: "x" }, deep: { L: [{ M: { n: { N: "1" } } }] } } },
          ":expiry": { NULL: true },
          ":one": { N: "1" },
        },
      },
    ]);
  });

  it("tells DynamoDB the expiry in seconds, never too early", async () => {
    const { records, sent } = awsOn({ UpdateItem: {} });
    await records.put("task", "t1", {}, { expiresAt: 1_760_000_000_001 });
    expect(sent("UpdateItem")).toMatchObject([
      { ExpressionAttributeValues: { ":expiry": { N: "1760000001" } } },
    ]);
  });

  it("writes on condition of a revision, or of there being none", async () => {
    const { records, sent } = awsOn({ UpdateItem: {} });
    await records.put("lease", "l", {}, { ifRevision: 3 });
    await records.put("lease", "l", {}, { ifRevision: 0 });
    expect(sent("UpdateItem")).toMatchObject([
      { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: "3" } } },
      { ConditionExpression: "attribute_not_exists(pk)" },
    ]);
    expect(JSON.stringify(sent("UpdateItem")[1])).not.toContain(":revision");
  });

  it("says ConflictingOperation, and which record, when the revision is another", async () => {
    const { records } = awsOn({ UpdateItem: refusal("ConditionalCheckFailedException") });
    await expect(records.put("lease", "sync-access", {}, { ifRevision: 3 })).rejects.toMatchObject({
      name: "ConflictingOperation",
      message: expect.stringContaining("lease/sync-access is not at revision 3") as string,
    });
  });

  it("removes a record", async () => {
    const { records, sent } = awsOn({ DeleteItem: {} });
    await records.remove("lease", "l");
    expect(sent("DeleteItem")).toEqual([
      { TableName: "landbridge", Key: { pk: { S: "lease" }, sk: { S: "l" } } },
    ]);
  });
});
