import { beforeAll, describe } from "vitest";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { aboutDelivery } from "./about-delivery.ts";
import { aboutFlows } from "./about-flows.ts";
import { aboutRoles } from "./about-roles.ts";
import { aboutRunbooks } from "./about-runbooks.ts";
import { aboutStorage } from "./about-storage.ts";
import { hasPlatform, synthesis, WITHOUT_PLATFORM } from "./synthesis.ts";

// One synthesis for all of it: it bundles every function.
describe.skipIf(!hasPlatform)(`the deployment as synthesized${WITHOUT_PLATFORM}`, () => {
  let made: Synthesis;
  beforeAll(async () => {
    made = await synthesis();
  }, 300_000);

  describe("flows", () => aboutFlows(() => made));
  describe("roles", () => aboutRoles(() => made));
  describe("events and schedules", () => aboutDelivery(() => made));
  describe("what is stored", () => aboutStorage(() => made));
  describe("alarms", () => aboutRunbooks(() => made));
});
