/// <reference path="./.sst/platform/config.d.ts" />

/** Set: the second stack, which forwards events of another region or account to this bus. */
const forwardTo = process.env["LANDBRIDGE_FORWARD_TO_BUS"];

export default $config({
  app(input) {
    const isProduction = input?.stage === "production";
    return {
      name: forwardTo === undefined ? "landbridge" : "landbridge-forwarder",
      home: "aws",
      // The CLI refuses to run as another version than package.json has.
      version: "4.17.1",
      removal: isProduction ? "retain" : "remove",
      protect: isProduction,
      // Pinned like sst itself: `npm run synth` is proven with these.
      providers: { aws: "7.20.0", random: "4.16.6" },
    };
  },
  async run() {
    if (forwardTo !== undefined) return (await import("./infra/forwarder.ts")).forward(forwardTo);
    return (await import("./infra/deployment.ts")).deploy();
  },
});
