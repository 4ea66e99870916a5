import { describe } from "vitest";
import { describeEntraPorts } from "./entra-ports.ts";
import { aSandboxEntraWorld } from "./sandbox-entra-world.ts";

describe("ports on Entra and SCIM, the sandbox playing both", () => {
  describeEntraPorts(aSandboxEntraWorld);
});
