import { describe } from "vitest";
import { describeAwsPorts } from "./aws-ports.ts";
import { aSandboxAwsWorld } from "./sandbox-aws-world.ts";

describe("ports on AWS, the sandbox playing AWS", () => {
  describeAwsPorts(aSandboxAwsWorld);
});
