import { describe, expect, it } from "vitest";
import { compilePattern } from "./compile-pattern.ts";

function matches(pattern: object, event: object): boolean {
  return compilePattern(JSON.stringify(pattern))(event);
}

/** A pattern for the field `a`, against events that have each of the values there. */
function matching(pattern: unknown, values: readonly unknown[]): unknown[] {
  return values.filter((a) => matches({ a: [pattern] }, { a }));
}

function patternOf(length: number): string {
  return JSON.stringify({ a: ["x".repeat(length - '{"a":[""]}'.length)] });
}

describe("an event pattern", () => {
  it("matches when every field that it names has one of its values", () => {
    const pattern = { source: ["aws.sso", "aws.identitystore"], detail: { eventName: ["CreateUser"] } };

    expect(matches(pattern, { source: "aws.sso", detail: { eventName: "CreateUser", other: 1 } })).toBe(true);
    expect(matches(pattern, { source: "aws.sso", detail: { eventName: "DeleteUser" } })).toBe(false);
    expect(matches(pattern, { source: "aws.s3", detail: { eventName: "CreateUser" } })).toBe(false);
    expect(matches(pattern, { source: "aws.sso" })).toBe(false);
  });

  it("tells strings, numbers, true, false, null and nothing apart", () => {
    const values = ["1", 1, true, false, null, ""];

    for (const value of values) expect(matching(value, values)).toEqual([value]);
    expect(matches({ a: [null] }, {})).toBe(false);
  });

  it("matches an array of the event when the two have a value in common", () => {
    expect(matches({ resources: ["b", "c"] }, { resources: ["a", "b"] })).toBe(true);
    expect(matches({ resources: ["c"] }, { resources: ["a", "b"] })).toBe(false);
    expect(matches({ resources: ["c"] }, { resources: [] })).toBe(false);
  });

  it("matches within an array of objects only when one of them has everything", () => {
    const pattern = { members: { kind: ["user"], state: ["gone"] } };

    expect(
      matches(pattern, {
        members: [
          { kind: "user", state: "here" },
          { kind: "user", state: "gone" },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        members: [
          { kind: "user", state: "here" },
          { kind: "group", state: "gone" },
        ],
      }),
    ).toBe(false);
  });

  it("does not take what every object inherits for a field of the event", () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
  });
});

describe("a comparison operator", () => {
  const texts = ["us-east-1", "US-EAST-1", "eu-west-1", "", 1, null];

  it("prefix and suffix match the ends of strings, in any case on request", () => {
    expect(matching({ prefix: "us-" }, texts)).toEqual(["us-east-1"]);
    expect(matching({ suffix: "west-1" }, texts)).toEqual(["eu-west-1"]);
    expect(matching({ prefix: { "equals-ignore-case": "Us-" } }, texts)).toEqual(["us-east-1", "US-EAST-1"]);
    expect(matching({ suffix: { "equals-ignore-case": "EAST-1" } }, texts)).toEqual([
      "us-east-1",
      "US-EAST-1",
    ]);
  });

  it("equals-ignore-case matches the whole string", () => {
    expect(matching({ "equals-ignore-case": "Us-East-1" }, texts)).toEqual(["us-east-1", "US-EAST-1"]);
  });

  it("wildcard stands for any text, between and at the ends", () => {
    const paths = ["dir/a/lib/x.ts", "dir/lib.ts", "dir", "dir/*", "dir\\x"];

    expect(matching({ wildcard: "dir/*.ts" }, paths)).toEqual(["dir/a/lib/x.ts", "dir/lib.ts"]);
    expect(matching({ wildcard: "*/lib/*" }, paths)).toEqual(["dir/a/lib/x.ts"]);
    expect(matching({ wildcard: "d*r" }, paths)).toEqual(["dir"]);
    expect(matching({ wildcard: "dir/\\*" }, paths)).toEqual(["dir/*"]);
    expect(matching({ wildcard: "dir\\\\*" }, paths)).toEqual(["dir\\x"]);
    expect(matching({ wildcard: "dir*dir" }, paths)).toEqual([]);
  });

  it("anything-but matches every other value, but needs one", () => {
    expect(matching({ "anything-but": "eu-west-1" }, texts)).toEqual(["us-east-1", "US-EAST-1", "", 1, null]);
    expect(matching({ "anything-but": [1, 2] }, [1, 2, 3])).toEqual([3]);
    expect(matches({ a: [{ "anything-but": "x" }] }, {})).toBe(false);
  });

  it("anything-but turns prefix, suffix, equals-ignore-case and wildcard around", () => {
    expect(matching({ "anything-but": { prefix: "us-" } }, ["us-east-1", "eu-west-1"])).toEqual([
      "eu-west-1",
    ]);
    expect(matching({ "anything-but": { suffix: ["1", "2"] } }, ["a1", "a2", "a3"])).toEqual(["a3"]);
    expect(matching({ "anything-but": { "equals-ignore-case": ["A", "b"] } }, ["a", "B", "c"])).toEqual([
      "c",
    ]);
    expect(matching({ "anything-but": { wildcard: "*/lib/*" } }, ["a/lib/b", "a/b"])).toEqual(["a/b"]);
  });

  it("numeric compares numbers, and only numbers", () => {
    const numbers = [-1, 0, 3, 5, 6, "3"];

    expect(matching({ numeric: [">", 0, "<=", 5] }, numbers)).toEqual([3, 5]);
    expect(matching({ numeric: ["<", 0] }, numbers)).toEqual([-1]);
    expect(matching({ numeric: [">=", 5] }, numbers)).toEqual([5, 6]);
    expect(matching({ numeric: ["=", 3.0] }, numbers)).toEqual([3]);
  });

  it("exists asks for a value, which null is and an object is not", () => {
    for (const present of ["x", 0, null, [1]]) {
      expect(matches({ a: [{ exists: true }] }, { a: present })).toBe(true);
      expect(matches({ a: [{ exists: false }] }, { a: present })).toBe(false);
    }
    for (const absent of [{}, { a: { b: 1 } }, { a: [] }]) {
      expect(matches({ a: [{ exists: true }] }, absent)).toBe(false);
      expect(matches({ a: [{ exists: false }] }, absent)).toBe(true);
    }
    expect(matches({ detail: { error: { code: [{ exists: false }] } } }, { detail: {} })).toBe(true);
  });

  it("cidr matches addresses of a network, of its version", () => {
    const addresses = ["10.0.0.255", "10.0.1.0", "2001:db8::1", "localhost"];

    expect(matching({ cidr: "10.0.0.0/24" }, addresses)).toEqual(["10.0.0.255"]);
    expect(matching({ cidr: "2001:db8::/32" }, addresses)).toEqual(["2001:db8::1"]);
  });

  it("$or needs one of its patterns, and everything else", () => {
    const pattern = {
      source: ["s"],
      $or: [{ metric: ["CPU"] }, { detail: { count: [{ numeric: [">", 1] }] }, scope: ["x"] }],
    };

    expect(matches(pattern, { source: "s", metric: "CPU" })).toBe(true);
    expect(matches(pattern, { source: "s", detail: { count: 2 }, scope: "x" })).toBe(true);
    expect(matches(pattern, { source: "s", detail: { count: 2 } })).toBe(false);
    expect(matches(pattern, { source: "t", metric: "CPU" })).toBe(false);
  });
});

describe("an invalid pattern", () => {
  it.each([
    ["not JSON", "{", "$"],
    ["no object", "[]", "$"],
    ["empty object", '{"detail":{}}', "$.detail"],
    ["empty array", '{"detail":{"a":[]}}', "$.detail.a"],
    ["a bare value", '{"source":"aws.sso"}', "$.source"],
    ["an array in an array", '{"source":["a",["b"]]}', "$.source[1]"],
    ["an unknown operator", '{"a":[{"contains":"x"}]}', "$.a[0].contains"],
    ["two operators in one", '{"a":[{"prefix":"x","suffix":"y"}]}', "$.a[0]"],
    ["no operator", '{"a":[{}]}', "$.a[0]"],
    ["prefix of a number", '{"a":[{"prefix":1}]}', "$.a[0].prefix"],
    ["suffix with an operator that it does not take", '{"a":[{"suffix":{"wildcard":"x"}}]}', "$.a[0].suffix"],
    ["exists with a string", '{"a":[{"exists":"yes"}]}', "$.a[0].exists"],
    ["anything-but of a mixed list", '{"a":[{"anything-but":["x",1]}]}', "$.a[0].anything-but"],
    ["anything-but of an empty list", '{"a":[{"anything-but":[]}]}', "$.a[0].anything-but"],
    [
      "anything-but numeric",
      '{"a":[{"anything-but":{"numeric":["=",1]}}]}',
      "$.a[0].anything-but.numeric[0]",
    ],
    ["anything-but an empty prefix", '{"a":[{"anything-but":{"prefix":""}}]}', "$.a[0].anything-but.prefix"],
    ["numeric with an unknown operator", '{"a":[{"numeric":["~",1]}]}', "$.a[0].numeric"],
    ["numeric range in the wrong order", '{"a":[{"numeric":["<",1,">",0]}]}', "$.a[0].numeric"],
    ["numeric range of nothing", '{"a":[{"numeric":[">",1,"<",1]}]}', "$.a[0].numeric"],
    ["numeric beyond five billion", '{"a":[{"numeric":["=",5000000001]}]}', "$.a[0].numeric"],
    ["two wildcards together", '{"a":[{"wildcard":"x**"}]}', "$.a[0].wildcard"],
    ["a backslash before a letter", '{"a":[{"wildcard":"\\\\x"}]}', "$.a[0].wildcard"],
    ["cidr without a slash", '{"a":[{"cidr":"10.0.0.0"}]}', "$.a[0].cidr"],
    ["$or with a mistake inside", '{"$or":[{"a":[1]},{"b":[]}]}', "$.$or[1].b"],
  ])("is refused, with the place: %s", (_, pattern, place) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({
        name: "InvalidEventPatternException",
        message: expect.stringMatching(new RegExp(` at ${place.replaceAll(/[$.[\]]/g, "\\$&")}$`)) as string,
      }),
    );
  });

  it("has at most 2,048 characters", () => {
    expect(compilePattern(patternOf(2048))({ a: "x" })).toBe(false);
    expect(() => compilePattern(patternOf(2049))).toThrow(
      expect.objectContaining({ name: "LimitExceededException" }),
    );
  });
});
