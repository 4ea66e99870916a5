import type { PassState } from "../../definition/asl.ts";
import { finish, nextOf, type StateRun, type Transition } from "../state-run.ts";

export function runPass(state: PassState, run: StateRun): Promise<Transition> {
  return finish(run, state, { output: run.input, next: nextOf(state) });
}
