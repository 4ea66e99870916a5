import { listRouteKeys } from "@landbridge/api";
import { nameOf, type Place } from "./place.ts";

/** Where Microsoft Graph sends change notifications. */
const WEBHOOK_PATH = "/graph/notifications";

interface Jwt {
  readonly issuer: string;
  readonly audience: string;
}

interface RoutesArgs {
  readonly api: aws.lambda.Function;
  readonly webhook: aws.lambda.Function;
  /** A second authorizer, in addition to IAM; null: none. */
  readonly jwt: Jwt | null;
  readonly logRetentionDays: number;
}

/** Created first, since functions need its address. */
export function makeApi(place: Place) {
  return new aws.apigatewayv2.Api("Api", { name: nameOf(place, "api"), protocolType: "HTTP" });
}

export function webhookUrl(api: aws.apigatewayv2.Api): $util.Output<string> {
  return $interpolate`${api.apiEndpoint}${WEBHOOK_PATH}`;
}

/**
 * Callers of `/v1` sign with IAM. With a JWT issuer there is a second address for people: a route has one authorizer.
 * @returns the address for people, or null
 */
export function makeRoutes(place: Place, api: aws.apigatewayv2.Api, args: RoutesArgs) {
  makeStage(place, "Api", api, args.logRetentionDays);
  const toApi = integrate("Api", api, args.api);
  // A route for each operation, and the function demands it: IAM judges what the function does, whatever a path looks like.
  for (const key of listRouteKeys())
    route(`ApiRoute-${slug(key)}`, api, { key, integration: toApi, authorizationType: "AWS_IAM" });
  const toWebhook = integrate("Webhook", api, args.webhook);
  // Graph signs nothing that API Gateway could check: the function does (clientState).
  route("WebhookRoute", api, {
    key: `POST ${WEBHOOK_PATH}`,
    integration: toWebhook,
    authorizationType: "NONE",
  });
  return args.jwt === null ? null : makePeopleApi(place, args.jwt, args);
}

function makePeopleApi(place: Place, { issuer, audience }: Jwt, args: RoutesArgs) {
  const api = new aws.apigatewayv2.Api("PeopleApi", {
    name: nameOf(place, "people-api"),
    protocolType: "HTTP",
  });
  makeStage(place, "PeopleApi", api, args.logRetentionDays);
  const authorizer = new aws.apigatewayv2.Authorizer("PeopleAuthorizer", {
    apiId: api.id,
    name: "entra",
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer, audiences: [audience] },
  });
  const integration = integrate("PeopleApi", api, args.api);
  for (const key of listRouteKeys())
    route(`PeopleRoute-${slug(key)}`, api, {
      key,
      integration,
      authorizationType: "JWT",
      authorizerId: authorizer.id,
    });
  return api.apiEndpoint;
}

/** Anybody may call the webhook: a flood of requests must not use up the account's concurrency. */
const WEBHOOK_THROTTLE = {
  routeKey: `POST ${WEBHOOK_PATH}`,
  throttlingRateLimit: 20,
  throttlingBurstLimit: 40,
};

function makeStage(place: Place, id: string, api: aws.apigatewayv2.Api, retentionInDays: number): void {
  const logs = new aws.cloudwatch.LogGroup(`${id}AccessLogs`, {
    name: `/aws/apigateway/${nameOf(place, id.toLowerCase())}`,
    retentionInDays,
  });
  new aws.apigatewayv2.Stage(`${id}Stage`, {
    apiId: api.id,
    name: "$default",
    autoDeploy: true,
    defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
    ...(id === "Api" && { routeSettings: [WEBHOOK_THROTTLE] }),
    accessLogSettings: {
      destinationArn: logs.arn,
      format: JSON.stringify({
        requestId: "$context.requestId",
        at: "$context.requestTime",
        route: "$context.routeKey",
        status: "$context.status",
        milliseconds: "$context.responseLatency",
        caller: "$context.identity.userArn",
        error: "$context.error.message",
      }),
    },
  });
}

function integrate(id: string, api: aws.apigatewayv2.Api, lambda: aws.lambda.Function) {
  new aws.lambda.Permission(`${id}Permission`, {
    function: lambda.name,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    sourceArn: $interpolate`${api.executionArn}/*/*`,
  });
  return new aws.apigatewayv2.Integration(`${id}Integration`, {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: lambda.arn,
    payloadFormatVersion: "2.0",
  });
}

/** `POST-v1-tasks-id-answer` */
function slug(key: string): string {
  return key.replaceAll(/\W+/g, "-").replace(/-$/, "");
}

interface RouteArgs {
  readonly key: string;
  readonly integration: aws.apigatewayv2.Integration;
  readonly authorizationType: "AWS_IAM" | "JWT" | "NONE";
  readonly authorizerId?: $util.Input<string>;
}

function route(
  id: string,
  api: aws.apigatewayv2.Api,
  { key, integration, ...authorization }: RouteArgs,
): void {
  new aws.apigatewayv2.Route(id, {
    apiId: api.id,
    routeKey: key,
    target: $interpolate`integrations/${integration.id}`,
    ...authorization,
  });
}
