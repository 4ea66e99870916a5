import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { type Authenticate, authenticated, type RouteKeyOf } from "./authorize.ts";
import { addExecutions } from "./executions.ts";
import { addPause } from "./pause.ts";
import { addPlans } from "./plans.ts";
import { answerProblem, problemOf } from "./problem.ts";
import { addProposals } from "./proposals.ts";
import { addStatus } from "./status.ts";
import { addTasks } from "./tasks.ts";

export interface ApiOptions {
  readonly deps: ApiDeps;
  readonly authenticate: Authenticate;
  readonly routeKeyOf: RouteKeyOf;
  /** Receives internal failures. */
  readonly onFailure: (error: unknown) => void;
}

export const ABOUT = {
  openapi: "3.1.0",
  info: {
    title: "Landbridge",
    version: "1",
    description:
      "Connects Microsoft Entra ID to AWS IAM Identity Center. Roles: a reader reads; an operator starts, stops and pauses flows and answers tasks; an approver approves plans.",
  },
} as const;

/** Where the API describes itself, below `/v1`. */
export const OPENAPI_PATH = "/openapi.json";

/** The HTTP API, below `/v1`: the same in a Lambda function and before the sandbox. */
export function makeApi({ deps, authenticate, routeKeyOf, onFailure }: ApiOptions): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook(result) {
      if (result.success) return undefined;
      const issues = result.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
      throw new BadRequest(issues);
    },
  }).basePath("/v1");
  app.use(secureHeaders());
  app.use(authenticated(authenticate, routeKeyOf));
  addExecutions(app, deps);
  addTasks(app, deps);
  addPlans(app, deps);
  addProposals(app, deps);
  addPause(app, deps);
  addStatus(app, deps);
  app.doc31(OPENAPI_PATH, ABOUT);
  app.notFound((c) =>
    answerProblem(c, problemOf(new HTTPException(404, { message: `Path ${c.req.path} does not exist.` }))),
  );
  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.status === 500) onFailure(error);
    return answerProblem(c, error instanceof BadRequest ? { ...problem, issues: error.issues } : problem);
  });
  return app;
}

/** A request that is not of the form that the route describes. */
class BadRequest extends HTTPException {
  readonly issues: { readonly field: string; readonly message: string }[];

  constructor(issues: BadRequest["issues"]) {
    super(400, { message: issues.map(({ field, message }) => `${field}: ${message}`).join("; ") });
    this.issues = issues;
  }
}
