import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aCrashingHost } from "../support/crash.ts";
import { type FlowHost, silent } from "../support/flow-host.ts";
import { NIGHTLY } from "../support/nightly.ts";
import {
  awsAccepts,
  connect,
  connectionOf,
  generateToken,
  tokenOfEntra,
  watchTokens,
} from "../support/rotation.ts";
import { arrivingDirectory } from "../support/small-company.ts";

const DAY = 86_400_000;
const REQUESTS = 75;

/** What people, the schedule and bad luck do. Nobody deletes the token that Entra has. */
const command = fc.oneof(
  fc.record({ does: fc.constant("rotate"), reason: fc.constantFrom("leak", "precaution") }),
  fc.record({
    does: fc.constant("crash"),
    request: fc.integer({ min: 1, max: REQUESTS }),
    when: fc.constantFrom("before", "after"),
  }),
  fc.record({ does: fc.constant("start together"), starts: fc.integer({ min: 2, max: 3 }) }),
  fc.record({ does: fc.constant("wait"), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ does: fc.constant("generate") }),
  fc.record({ does: fc.constant("supply") }),
  fc.record({ does: fc.constant("delete unused") }),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

async function aModel() {
  const tokens = watchTokens();
  const crashing = await aCrashingHost(null, { layers: [tokens.layer], directory: arrivingDirectory() });
  const { host } = crashing;
  await connect(host);
  tokens.watch(host);
  const { console: page, states } = host.sandbox;
  const secretName = (await connectionOf(host)).scim.secret.name;
  const isFree = () => page.listTokens().length < 2;
  const check = () => host.run("rotate-token", {}, silent);

  async function act(step: Command): Promise<unknown> {
    switch (step.does) {
      case "rotate":
        return host.run("rotate-token", { force: true, reason: step.reason }, silent);
      case "crash":
        crashing.crashAt({ call: null, nth: step.request, when: step.when });
        await host.run("rotate-token", { force: true }, silent);
        return crashing.crashAt(null);
      case "start together":
        return startTogether(host, step.starts);
      case "wait":
        await host.deps.clock.sleep(step.days * DAY);
        return check();
      case "generate":
        return isFree() && generateToken(host);
      case "supply":
        return isFree() && host.deps.secrets.add(secretName, (await generateToken(host)).token);
      case "delete unused": {
        const unused = [...states.scim.tokens.values()].find(({ token }) => token !== tokenOfEntra(host));
        return unused && page.deleteToken(unused.id);
      }
    }
  }
  return { host, tokens, act, check };
}

async function startTogether(host: FlowHost, starts: number): Promise<void> {
  const stateMachineArn = host.runtime.stateMachineArns.get("rotate-token");
  const start = new StartExecutionCommand({ stateMachineArn, input: '{"force":true}' });
  const started = await Promise.all(Array.from({ length: starts }, () => host.stepFunctions.send(start)));
  const arns = started.map(({ executionArn = "" }) => executionArn);
  await Promise.all(arns.map((arn) => host.runtime.stepFunctions.untilEnded(arn)));
}

describe("rotations, crashes, people and time in any order", () => {
  it(
    "never leave Entra without a token that AWS accepts, and the daily check brings records and world together",
    {
      timeout: 240_000,
    },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 2, maxLength: 7 }), async (steps) => {
          const { host, tokens, act, check } = await aModel();
          for (const step of steps) {
            await act(step);
            expect(tokens.gaps).toEqual([]);
          }
          await host.deps.clock.sleep(DAY);
          const [last] = await check();
          expect(last).toMatchObject({ status: "SUCCEEDED", error: null });
          const { scim, nextScim, formerScim } = await connectionOf(host);
          const inUse = tokenOfEntra(host);
          expect({
            recorded: (await host.deps.secrets.read(scim.secret)) === inUse,
            accepted: awsAccepts(host, inUse),
            leftOver: [nextScim ?? null, formerScim ?? null],
            gaps: tokens.gaps,
          }).toEqual({ recorded: true, accepted: true, leftOver: [null, null], gaps: [] });
          await host.close();
        }),
        { numRuns: NIGHTLY ? 16 : 6, seed: 20_261_124 },
      );
    },
  );
});
