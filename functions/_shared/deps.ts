import type { Ports } from "@landbridge/core";
import * as ports from "./ports.ts";
import { type Basics, connectPorts, type Wiring } from "./wiring.ts";

/** Every port there is, for a program that is no step: it may be as large as it likes. */
export interface Deps extends Ports, Basics {}

export function makeDeps(wiring: Wiring): Deps {
  return connectPorts(ports, wiring);
}
