import { contractLayer } from "@landbridge/contract-check";
import { makeClientSecretCredential, makeEntra } from "@landbridge/entra";
import { createSandbox, DirectoryFile, makeVirtualClock, OrganizationFile } from "@landbridge/sandbox";
import { makeScimProber } from "@landbridge/scim";
import { onTestFinished } from "vitest";
import { type EntraWorld, PEOPLE } from "./entra-world.ts";

/** The tenant in the sandbox: in process, on a virtual clock, every exchange checked against the contracts. */
export async function aSandboxEntraWorld({
  licence = "P1",
}: {
  licence?: "Free" | "P1";
} = {}): Promise<EntraWorld> {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({
      managementAccount: "Management",
      accounts: [{ name: "Management" }],
    }),
    directory: DirectoryFile.parse({ ...PEOPLE, tenant: { ...PEOPLE.tenant, licence } }),
    clock,
    layers: [contractLayer("client")],
  });
  onTestFinished(() => sandbox.close());
  const { scim } = sandbox.states;
  const endpoint = scim.enable();
  const { credentials } = sandbox.entra;
  const fetch: typeof globalThis.fetch = (input, init) => sandbox.network(new Request(input, init));
  const { clientSecret, ...app } = credentials;
  const getSecret = () => Promise.resolve(clientSecret);
  const credential = makeClientSecretCredential({ ...app, getSecret, fetch, clock });
  const ids = new Map([
    ...sandbox.entra.users().map(({ userPrincipalName, id }) => [userPrincipalName, id] as const),
    ...sandbox.entra.groups().map(({ displayName, id }) => [displayName, id] as const),
  ]);
  return {
    ports: makeEntra({ ...credentials, credential, fetch, clock, region: sandbox.region }),
    scim: makeScimProber({ fetch, region: sandbox.region }),
    clock,
    tenantId: credentials.tenantId,
    idOf(name) {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`The tenant has no ${name}`);
      return id;
    },
    grant: (permissions) => sandbox.entra.grant(permissions),
    newConnection: () => ({ endpoint, token: scim.createToken().token }),
    deleteTokens: () => scim.tokens.clear(),
    arrived: () => [
      ...sandbox.users().map(({ attributes }) => attributes.userName),
      ...sandbox.groups().map(({ attributes }) => attributes.displayName),
    ],
  };
}
