const { exports: coreExports } = require("./packages/core/package.json");

const core = "^packages/core/src/";
const stages = "event|resolve|observe|drift|plan|apply|verify|record|notify";
const ports = "(reader|writer|ledger|directory|history|task-queue|channel)\\.ts$";
const tests = "\\.test\\.ts$";
const ours = "^packages/";
const deployment = "^packages/sandbox/src/deployment/";

const doors = Object.values(coreExports).map((door) => `^packages/core/${literally(door)}$`);
const doorsNamed = (...names) =>
  names.map((name) => `^packages/core/${literally(coreExports[`./${name}`])}$`);
// Functions and the sandbox name their doors in `exports` too; the cli has none.
const otherDoors = ["functions", "sandbox"].flatMap((name) =>
  Object.values(require(`./packages/${name}/package.json`).exports).map(
    (door) => `^packages/${name}/${literally(door)}$`,
  ),
);

/** A path of a package.json as a pattern: without the leading "./", dots taken literally. */
function literally(door) {
  return door.replace(/^\.\//, "").replaceAll(".", "\\.");
}

/** Within core, files under `folders` know only the `allowed` folders. */
const layer = (name, folders, allowed) => ({
  name,
  severity: "error",
  comment: `core's ${folders} may use only ${allowed}`,
  from: { path: `${core}(${folders})/`, pathNot: tests },
  to: { path: core, pathNot: `${core}(${allowed})/` },
});

module.exports = {
  forbidden: [
    // The layers: kernel <- policy <- model <- baseline <- controls <- drift
    layer("kernel-is-the-ground", "kernel", "kernel"),
    layer("policy-knows-only-kernel", "policy", "policy|kernel"),
    layer("model-knows-no-stage", "model", "model|policy|kernel"),
    layer("baseline-knows-no-stage", "baseline", "baseline|model|policy|kernel"),
    layer("controls-know-no-stage", "controls", "controls|baseline|model|policy|kernel"),
    layer("sweep-knows-no-stage", "sweep", "sweep|model|kernel"),
    // The three folders that the next three rules speak of are left to those.
    layer("stages-know-no-more", stages, `${stages}|controls|aws|baseline|model|policy|kernel`),
    {
      name: "stages-do-not-know-each-other",
      severity: "error",
      comment: "reconcile.ts and the files beside it join them, so that the order is written once",
      from: { path: `${core}(${stages})/`, pathNot: tests },
      to: { path: `${core}(${stages})/`, pathNot: `${core}$1/` },
    },
    {
      name: "only-drift-knows-controls",
      severity: "error",
      comment: "and the event pattern, which is derived from what the controls read",
      from: {
        path: core,
        pathNot: `${core}(drift|controls)/|${core}event/pattern\\.ts$|${core}(reconcile|story)\\.ts$|${tests}`,
      },
      to: { path: `${core}controls/` },
    },
    {
      name: "only-aws-touches-the-sdk",
      severity: "error",
      comment: "the demo and the tests are AWS users; nobody else is",
      from: {
        path: "^(packages|scripts)/",
        pathNot: `${core}aws/|^packages/cli/src/(commands/demo[^/]*|demo/.*)$`,
      },
      to: { path: "@aws-sdk|@smithy" },
    },
    {
      name: "nothing-inside-reaches-aws",
      severity: "error",
      comment: "not even by a detour: core gets the outside world through ports",
      from: { path: `${core}(?!aws/)` },
      to: { path: `${core}aws/`, reachable: true },
    },
    {
      name: "aws-meets-stages-at-the-door",
      severity: "error",
      from: { path: `${core}aws/`, pathNot: tests },
      to: {
        path: core,
        pathNot: `${core}((kernel|policy|model|baseline|aws)/|(${stages})/index\\.ts$)`,
      },
    },
    {
      name: "ports-are-types-only",
      severity: "error",
      comment: "a port that holds code is an adapter in the wrong folder",
      from: { path: ours },
      to: { path: `${core}(${stages})/${ports}`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-does-no-io",
      severity: "error",
      comment: "files, sockets and processes belong to aws/, functions and the cli",
      from: { path: `${core}(?!aws/)`, pathNot: tests },
      to: {
        dependencyTypes: ["core"],
        path: "^(node:)?(fs|net|tls|dgram|dns|https?|http2|child_process|cluster|worker_threads|os|process)(/|$)",
      },
    },
    {
      name: "core-needs-two-packages",
      severity: "error",
      comment: "zod where outside data is parsed, diff where plans are shown; more is a decision",
      from: { path: `${core}(?!aws/)([^/]+)`, pathNot: tests },
      to: {
        path: "node_modules/",
        pathNot: "node_modules/zod/|node_modules/diff/|@aws-sdk|@smithy",
      },
    },
    {
      name: "policy-has-one-door",
      severity: "error",
      from: { path: "^(packages|scripts)/", pathNot: `${core}policy/` },
      to: { path: `${core}policy/`, pathNot: `${core}policy/index\\.ts$|${core}policy/spec/` },
    },
    {
      name: "spec-is-for-tests",
      severity: "error",
      comment: "the slow, obvious evaluator judges the fast one and must not replace it",
      from: { path: "^(packages|scripts)/", pathNot: `${tests}|${core}policy/spec/` },
      to: { path: `${core}policy/spec/` },
    },
    {
      name: "packages-meet-at-doors",
      severity: "error",
      comment: "only what a package.json exports",
      from: { path: "^packages/([^/]+)/" },
      to: { path: ours, pathNot: ["^packages/$1/", ...doors, ...otherDoors] },
    },
    {
      name: "packages-use-names",
      severity: "error",
      comment: "across packages @bucket-warden/…, never a relative path",
      from: { path: "^packages/([^/]+)/" },
      to: { path: ours, pathNot: "^packages/$1/", dependencyTypes: ["local"] },
    },
    {
      name: "core-stands-alone",
      severity: "error",
      from: { path: "^packages/core/" },
      to: { path: ours, pathNot: "^packages/core/" },
    },
    {
      name: "functions-know-only-core",
      severity: "error",
      from: { path: "^packages/functions/" },
      to: { path: ours, pathNot: "^packages/(functions|core)/" },
    },
    {
      name: "nobody-imports-the-cli",
      severity: "error",
      from: { path: ours, pathNot: "^packages/cli/" },
      to: { path: "^packages/cli/" },
    },
    {
      name: "sandbox-does-not-borrow-the-answer",
      severity: "error",
      comment: "a world that judges with the product's own code agrees with its bugs",
      from: { path: "^packages/sandbox/", pathNot: deployment },
      to: { path: "^packages/core/", pathNot: doorsNamed("event", "kernel", "model") },
    },
    {
      name: "deployment-only-deploys",
      severity: "error",
      comment:
        "it builds the event pattern, has a baseline and reads the messages; the rest is the functions' work",
      from: { path: deployment },
      to: {
        path: "^packages/core/",
        pathNot: doorsNamed("baseline", "event", "kernel", "model", "controls", "notify"),
      },
    },
    {
      name: "only-deployment-runs-functions",
      severity: "error",
      from: { path: "^packages/sandbox/", pathNot: deployment },
      to: { path: "^packages/functions/" },
    },
    {
      name: "stacks-use-doors",
      severity: "error",
      comment: "stacks/ joins what core decides to what AWS makes; it looks into no package",
      from: { path: "^(stacks/|sst\\.config\\.ts$)" },
      to: { path: ours, pathNot: [...doors, "^packages/functions/src/metric\\.ts$"] },
    },
    {
      name: "stacks-stay-off-the-sdk",
      severity: "error",
      comment: "SST would put its own, older SDK in the place of ours",
      from: { path: "^stacks/" },
      to: { path: "@aws-sdk|@smithy", reachable: true },
    },
    {
      name: "nobody-imports-stacks",
      severity: "error",
      comment: "what runs in Lambda knows its environment, not how it got there",
      from: { path: ours },
      to: { path: "^stacks/" },
    },
    {
      name: "tests-are-leaves",
      severity: "error",
      comment: "what ships needs no test, no script and no benchmark",
      from: { path: "^(packages|stacks)/", pathNot: tests },
      to: { path: `${tests}|^(test|scripts|bench)/` },
    },
    {
      name: "everything-resolves",
      severity: "error",
      comment: "an import that the cruiser cannot follow is one that no rule judges",
      from: {},
      // A package of types alone (@types/aws-lambda) has no file to find.
      to: { couldNotResolve: true, pathNot: "^aws-lambda$" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js"],
    },
  },
};
