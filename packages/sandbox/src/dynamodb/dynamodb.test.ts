import { contractLayer } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { CallLog } from "../kernel/calls.ts";
import { makeVirtualClock } from "../kernel/virtual-clock.ts";
import { makeDynamoDb } from "./dynamodb.ts";

function aTable() {
  const calls = new CallLog();
  const service = contractLayer("simulator")("dynamodb", makeDynamoDb({ calls, clock: makeVirtualClock() }));
  async function call(operation: string, body: object) {
    const headers = {
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20260101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=sandbox/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    };
    const request = new Request("http://127.0.0.1/", { method: "POST", headers, body: JSON.stringify(body) });
    const response = await service.fetch(request);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const key = { AttributeName: "id", KeyType: "HASH" };
  const created = call("CreateTable", {
    TableName: "notes",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [key],
  });
  return { call, calls, created };
}

const put = (ConditionExpression?: string) => ({
  TableName: "notes",
  Item: { id: { S: "one" } },
  ...(ConditionExpression && { ConditionExpression }),
});

describe("DynamoDB", () => {
  it("refuses a write whose condition does not hold", async () => {
    const { call, created } = aTable();
    await created;
    expect(await call("PutItem", put("attribute_not_exists(id)"))).toMatchObject({ status: 200 });
    const second = await call("PutItem", put("attribute_not_exists(id)"));
    expect(second.status).toBe(400);
    expect(second.body["__type"]).toMatch(/ConditionalCheckFailedException$/);
  });

  it("logs its calls as the other services do", async () => {
    const { call, calls, created } = aTable();
    await created;
    await call("PutItem", put());
    expect(calls.count()).toEqual({ dynamodb: { CreateTable: 1, PutItem: 1 } });
  });

  it("names the coverage page for an operation that is not imitated", async () => {
    const { call } = aTable();
    const { status, body } = await call("TransactWriteItems", { TransactItems: [] });
    expect(status).toBe(400);
    expect(body["message"]).toContain("packages/sandbox/src/dynamodb/coverage.md");
  });
});
