import type { Ports } from "@landbridge/core";
import * as ports from "./ports.ts";
import { type Basics, connectPorts, type Wiring } from "./wiring.ts";

/** Every port, for a program that is not a step: its size does not matter. */
export interface Deps extends Ports, Basics {}

export function makeDeps(wiring: Wiring): Deps {
  return connectPorts(ports, wiring);
}
