import { describe } from "vitest";
import { describeAwsPorts } from "../aws-ports.ts";
import { aMotoWorld } from "./moto-world.ts";

describe("ports on AWS, moto playing AWS", () => {
  describeAwsPorts(aMotoWorld);
});
