import { describe } from "vitest";
import { describeAwsPorts } from "./aws-ports.ts";
import { aSandboxWorld } from "./sandbox-world.ts";

describe("ports on AWS, the sandbox playing AWS", () => {
  describeAwsPorts(aSandboxWorld);
});
