/** A rule on the default bus; its pattern is known to the bus alone. */
export interface StandingRule {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  state: "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}
