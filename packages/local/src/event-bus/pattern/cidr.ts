import { BlockList, isIP } from "node:net";
import { invalidPattern } from "./invalid-pattern.ts";
import type { ValueTest } from "./value-test.ts";

/** `"10.0.0.0/24"`, or the same of IPv6. @throws {ApiError} InvalidEventPatternException */
export function cidrTest(operand: unknown, place: string): ValueTest {
  const [network = "", prefix = "", ...rest] = typeof operand === "string" ? operand.split("/") : [];
  const version = isIP(network);
  const longest = version === 4 ? 32 : 128;
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) {
    throw invalidPattern("malformed CIDR, one slash required", place);
  }
  const family = version === 4 ? "ipv4" : "ipv6";
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  return (leaf) => typeof leaf === "string" && isIP(leaf) === version && block.check(leaf, family);
}
