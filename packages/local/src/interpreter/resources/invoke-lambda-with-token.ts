import type { Json } from "../../definition/asl.ts";
import { invokeLambda } from "./invoke-lambda.ts";
import type { TaskCall } from "./task-call.ts";

/** `lambda:invoke.waitForTaskToken`: ends with the answer that names the token, or with the function's failure. */
export function invokeLambdaWithToken(call: TaskCall): Promise<Json> {
  const { tokens } = call.runtime;
  return new Promise((resolve, reject) => {
    tokens.open(call.token, { succeed: resolve, fail: reject, beat: call.beat });
    call.signal.addEventListener("abort", () => tokens.close(call.token), { once: true });
    // An answer may arrive before the function returns; then there is nothing to wait for.
    invokeLambda(call).then(call.submitted, reject);
  });
}
