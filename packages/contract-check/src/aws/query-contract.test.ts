import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge } from "../../test-support/judge.ts";

const TOKEN = {
  Action: "GetWebIdentityToken",
  Version: "2011-06-15",
  SigningAlgorithm: "RS256",
  "Audience.member.1": "api://x",
};
const ask = (fields: Record<string, string>) => ({ body: new URLSearchParams(fields).toString() });
const granted = (content: string) =>
  `<GetWebIdentityTokenResponse><GetWebIdentityTokenResult>${content}</GetWebIdentityTokenResult></GetWebIdentityTokenResponse>`;
const GOOD = granted(
  "<WebIdentityToken>e30.e30.x</WebIdentityToken><Expiration>2026-01-01T00:00:00Z</Expiration>",
);

describe.skipIf(contractFolders.aws === null)(`STS (${WITHOUT_CONTRACTS.aws})`, () => {
  it("reads lists out of the form and members out of the XML", async () => {
    expect(await judge("sts", ask(TOKEN), { answer: GOOD })).toEqual([]);
  });

  it.each([
    ["a missing member", { "Audience.member.1": "" }, "$.Audience[0]: must NOT have fewer than 1 characters"],
    ["an unknown member", { Colour: "red" }, "$.Colour: the operation has no such member"],
    ["another version", { Version: "2020-01-01" }, "$.Version: must be 2011-06-15"],
    ["a duration out of range", { DurationSeconds: "1" }, "$.DurationSeconds: must be >= 60"],
  ])("finds %s", async (_, changes, problem) => {
    expect(await judge("sts", ask({ ...TOKEN, ...changes }), { answer: GOOD })).toEqual([
      `GetWebIdentityToken request ${problem}`,
    ]);
  });

  it.each([
    ["an element that the shape has not", granted("<Colour>red</Colour>"), "$: has no member 'Colour'"],
    [
      "a time that is none",
      granted("<Expiration>soon</Expiration>"),
      '$.Expiration: must match format "time-text"',
    ],
    ["another action's answer", "<GetCallerIdentityResponse/>", "$: must be GetWebIdentityTokenResponse"],
    [
      "an error that the operation does not declare",
      new Response("<ErrorResponse><Error><Code>PackedPolicyTooLarge</Code></Error></ErrorResponse>", {
        status: 400,
      }),
      "$.__type: the operation declares no error PackedPolicyTooLarge",
    ],
  ])("finds %s in an answer", async (_, answer, problem) => {
    expect(await judge("sts", ask(TOKEN), { answer })).toEqual([`GetWebIdentityToken response ${problem}`]);
  });
});
