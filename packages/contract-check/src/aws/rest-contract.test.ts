import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge } from "../../test-support/judge.ts";

const xml = (body: string, status = 200) => new Response(body, { status });
const s3Error = (code: string, status: number) =>
  xml(`<Error><Code>${code}</Code><Message>no</Message></Error>`, status);

describe.skipIf(contractFolders.aws === null)(`S3 (${WITHOUT_CONTRACTS.aws})`, () => {
  const list = { method: "GET", path: "/bucket?list-type=2&max-keys=10" };
  const page = (content: string) =>
    xml(`<?xml version="1.0"?><ListBucketResult><Name>bucket</Name>${content}</ListBucketResult>`);

  it("reads path style, and a listing of XML by its shape", async () => {
    const content =
      "<KeyCount>1</KeyCount><Contents><Key>a&amp;b</Key><Size>3</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>";
    expect(await judge("s3", list, { answer: page(content) })).toEqual([]);
  });

  it.each([
    [
      "an unknown parameter",
      "/bucket?list-type=2&colour=red",
      "query:colour: the operation has no such parameter",
    ],
    ["a number that is none", "/bucket?list-type=2&max-keys=many", "$.MaxKeys: must be integer"],
    ["an unknown value", "/bucket?list-type=2&encoding-type=morse", "$.EncodingType: must be one of url"],
  ])("finds %s in a request", async (_, path, problem) => {
    expect(await judge("s3", { method: "GET", path }, { answer: page("") })).toEqual([
      `ListObjectsV2 request ${problem}`,
    ]);
  });

  it("finds a header that the operation does not have", async () => {
    const put = {
      method: "PUT",
      path: "/bucket/a/b",
      headers: { "x-amz-colour": "red", "x-amz-meta-any": "x" },
      body: "text",
    };
    expect(await judge("s3", put, { answer: xml("") })).toEqual([
      "PutObject request header:x-amz-colour: the operation has no such header",
    ]);
  });

  it("tells operations apart by header and query", async () => {
    const copy = { method: "PUT", path: "/bucket/key", headers: { "x-amz-copy-source": "/a/b" } };
    expect(await judge("s3", copy, { answer: s3Error("NoSuchRoom", 404) })).toEqual([
      "CopyObject response $.__type: the operation declares no error NoSuchRoom",
    ]);
    expect(await judge("s3", { method: "POST", path: "/bucket?restore" })).toEqual([
      "POST /bucket?restore request $: the contract has no such operation",
    ]);
    expect(await judge("s3", { method: "PUT", path: "/bucket?acl" })).toEqual([
      "PUT /bucket?acl request $: the contract has no such operation",
    ]);
  });

  it.each([
    ["an element that the shape has not", page("<Colour>red</Colour>"), "$: has no member 'Colour'"],
    ["a text for a number", page("<KeyCount>few</KeyCount>"), "$.KeyCount: must be integer"],
    ["what is not XML", xml("{}"), "$: is not XML"],
    ["a wrong status", xml("", 202), "status: is 202, not 200"],
    [
      "an error that S3 does not have",
      s3Error("Overslept", 400),
      "$.__type: the operation declares no error Overslept",
    ],
    [
      "a declared error with another status",
      s3Error("NoSuchBucket", 400),
      "status: NoSuchBucket is 404, not 400",
    ],
    ["an error without code", xml("", 404), "$: is an answer 404 that names no error"],
  ])("finds %s in an answer", async (_, answer, problem) => {
    expect(await judge("s3", list, { answer })).toEqual([`ListObjectsV2 response ${problem}`]);
  });

  it("takes the errors that S3 may answer to anything, and a HEAD without body", async () => {
    expect(await judge("s3", list, { answer: s3Error("SlowDown", 503) })).toEqual([]);
    expect(await judge("s3", { method: "HEAD", path: "/bucket/key" }, { answer: xml("", 404) })).toEqual([]);
  });
});

function conflict(status: number): Response {
  return Response.json(
    { Message: "exists" },
    { status, headers: { "x-amzn-errortype": "ConflictException" } },
  );
}

describe.skipIf(contractFolders.aws === null)(`EventBridge Scheduler (${WITHOUT_CONTRACTS.aws})`, () => {
  const schedule = {
    ScheduleExpression: "rate(1 day)",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: "arn:aws:lambda:eu-central-1:111111111111:function:f",
      RoleArn: "arn:aws:iam::111111111111:role/r",
    },
  };
  const create = (changes: object, name = "daily") => ({
    path: `/schedules/${name}`,
    body: { ...schedule, ...changes },
  });
  const made = { ScheduleArn: "arn:aws:scheduler:eu-central-1:111111111111:schedule/default/daily" };

  it("joins path and body to one input", async () => {
    expect(await judge("scheduler", create({}), { answer: made })).toEqual([]);
    expect(
      await judge("scheduler", create({ Target: undefined }, "not%20allowed"), { answer: made }),
    ).toEqual([
      "CreateSchedule request $: must have required property 'Target'",
      "CreateSchedule request $.Name: must match the pattern ^[0-9a-zA-Z-_.]+$",
    ]);
  });

  it("finds an unknown query parameter and a wrong one", async () => {
    const get = { method: "GET", path: "/schedules?MaxResults=500&Colour=red" };
    expect(await judge("scheduler", get, { answer: { Schedules: [] } })).toEqual([
      "ListSchedules request query:Colour: the operation has no such parameter",
      "ListSchedules request $.MaxResults: must be <= 100",
    ]);
  });

  it("holds answers and errors to their shapes", async () => {
    expect(await judge("scheduler", create({}))).toEqual([
      "CreateSchedule response $: must have required property 'ScheduleArn'",
    ]);
    expect(await judge("scheduler", create({}), { answer: conflict(409) })).toEqual([]);
    expect(await judge("scheduler", create({}), { answer: conflict(400) })).toEqual([
      "CreateSchedule response status: ConflictException is 409, not 400",
    ]);
  });
});
