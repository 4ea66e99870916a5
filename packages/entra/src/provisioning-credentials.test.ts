import { describe, expect, it } from "vitest";
import { done, entraOn, refusal } from "../test-support/fake-graph.ts";

const TOKEN = "canary+token/1==";
const connection = { endpoint: "https://scim.eu-central-1.amazonaws.com/x/scim/v2", token: TOKEN };
const VALIDATE = "POST /servicePrincipals/sp-1/synchronization/jobs/job-1/validateCredentials";
const SECRETS = "PUT /servicePrincipals/sp-1/synchronization/secrets";
const REFUSED = "SystemForCrossDomainIdentityManagementCredentialValidationFailure";
const credentials = [
  { key: "BaseAddress", value: connection.endpoint },
  { key: "SecretToken", value: TOKEN },
];

async function validate(answer: Response): Promise<unknown> {
  const { provisioning } = entraOn({ [VALIDATE]: answer });
  return provisioning.validateCredentials("sp-1", "job-1", connection).then(
    () => "accepted",
    (error: unknown) => error,
  );
}

/** All that a logger could write of an error. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack} ${error.message} ${JSON.stringify(error)} ${everything(error.cause ?? "")}`;
}

describe("testing the credentials", () => {
  it("sends endpoint and token", async () => {
    const { provisioning, requests } = entraOn({ [VALIDATE]: done() });
    await provisioning.validateCredentials("sp-1", "job-1", connection);
    expect(requests[0]?.body).toEqual({ credentials });
  });

  it.each([
    [400, REFUSED, "ScimTokenRefused"],
    [401, REFUSED, "ScimTokenRefused"],
    [400, "BadRequest", "ScimTokenRefused"],
    [400, "CredentialValidationUnavailable", "ServiceUnavailable"],
    [403, "Authorization_RequestDenied", "ConsentMissing"],
    [404, "ResourceNotFound", "NotPropagatedYet"],
  ])("a refusal with %i %s is %s", async (status, code, name) => {
    const error = await validate(refusal(status, code, "segment validateCredentials"));
    expect(error).toMatchObject({ name });
  });

  it.each([400, 403, 404, 418, 500])("never repeats the token that a %i quotes", async (status) => {
    const quote = `sent ${TOKEN} and ${encodeURIComponent(TOKEN)}`;
    const error = await validate(refusal(status, "Odd", quote));
    expect(everything(error)).toContain("[secret]");
    expect(everything(error)).not.toContain("canary");
  });

  it("keeps Entra's code and words", async () => {
    const error = await validate(refusal(400, REFUSED, "Response Status Code: Unauthorized"));
    expect(error).toHaveProperty("message", expect.stringMatching(`${REFUSED}.*Unauthorized`));
  });
});

describe("saving the secrets", () => {
  it("always sends all four keys", async () => {
    const { provisioning, requests } = entraOn({ [SECRETS]: done() });
    await provisioning.saveSecrets("sp-1", connection);
    expect(requests[0]?.body).toEqual({
      value: [
        ...credentials,
        { key: "SyncNotificationSettings", value: '{"Enabled":false,"DeleteThresholdEnabled":false}' },
        { key: "SyncAll", value: "false" },
      ],
    });
  });

  it("tells Entra to send the token to no other host than AWS's, whether it is to try it or to keep it", async () => {
    const { provisioning, requests } = entraOn({});
    const foreign = {
      endpoint: "https://scim.eu-central-1.amazonaws.com.attacker.example/x/scim/v2",
      token: TOKEN,
    };
    const refused = { name: "ScimEndpointRefused" };
    await expect(provisioning.validateCredentials("sp-1", "job-1", foreign)).rejects.toMatchObject(refused);
    await expect(provisioning.saveSecrets("sp-1", foreign)).rejects.toMatchObject(refused);
    expect(requests).toEqual([]);
  });

  it.each([400, 403, 418])("never repeats the token that a %i quotes", async (status) => {
    const { provisioning } = entraOn({ [SECRETS]: refusal(status, "Odd", `bad value ${TOKEN}`) });
    const error = await provisioning.saveSecrets("sp-1", connection).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(everything(error)).not.toContain("canary");
  });
});
