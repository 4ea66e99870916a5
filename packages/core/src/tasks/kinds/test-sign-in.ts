import * as z from "zod";
import { wordField } from "../answer-fields.ts";
import type { TaskKind } from "../task-kind.ts";

interface TestSignInTask {
  readonly kind: "test-sign-in";
  readonly portalUrl: string;
  /** User names of people who have access. */
  readonly examples: readonly string[];
}

const Answer = z.strictObject({
  confirmation: wordField("WORKS", "once you have seen the list of accounts"),
});

export const testSignIn: TaskKind<TestSignInTask, typeof Answer> = {
  kind: "test-sign-in",
  guide: ({ portalUrl, examples }) => ({
    title: "Test the sign-in",
    why: "Only a person with a browser can prove that single sign-on works end to end.",
    steps: [
      `Open ${portalUrl} in a private window.`,
      `Sign in as a user who has access${examples.length > 0 ? `, for example ${examples.join(" or ")}` : ""}.`,
      "Entra's sign-in page should lead you to a list of AWS accounts.",
    ],
    next: "Landbridge records that sign-in works and finishes.",
  }),
  answer: Answer,
  check: async () => ({ output: {} }),
  refusals: [],
  sample: {
    kind: "test-sign-in",
    portalUrl: "https://d-1234567890.awsapps.com/start",
    examples: [],
  },
};
