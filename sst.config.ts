/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const production = input?.stage === "production";
    return {
      name: "landbridge",
      home: "aws",
      removal: production ? "retain" : "remove",
      protect: production,
      providers: { aws: {}, random: "4.16.6" },
    };
  },
  async run() {
    const { deploy } = await import("./infra/deployment.ts");
    return deploy();
  },
});
