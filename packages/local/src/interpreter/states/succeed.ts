import type { SucceedState } from "../../definition/asl.ts";
import { finish, type StateRun, type Transition } from "../state-run.ts";

export function runSucceed(state: SucceedState, run: StateRun): Promise<Transition> {
  const ending = state.Output === undefined ? {} : { Output: state.Output };
  return finish(run, ending, { output: run.input, next: null });
}
