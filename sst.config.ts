/// <reference path="./.sst/platform/config.d.ts" />
export default $config({
  async app(input) {
    const { settingsOf } = await import("./stacks/settings.ts");
    const { stages } = await import("./stacks/stages.ts");
    const { account, region } = settingsOf(stages, input.stage).hub;
    return {
      name: "bucket-warden",
      home: "aws",
      protect: input.stage === "production",
      removal: input.stage === "production" ? "retain" : "remove",
      providers: { aws: { region, allowedAccountIds: [account] } },
    };
  },
  async run() {
    const { deploy } = await import("./stacks/index.ts");
    return deploy();
  },
});
