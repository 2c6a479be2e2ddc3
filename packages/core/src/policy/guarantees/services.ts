import type { Callers, OwnStatement } from "./guarantee.ts";
import { exceptServices } from "./keys.ts";
import type { Params } from "./params.ts";

/** Name of the parameter that says whether AWS services calling as themselves are bound as well. */
export const servicesParam = "services";

type Services = "exempt" | "included";

export function callersFor(params: Params, fallback: Services): Callers {
  const services = params.choice(servicesParam, ["exempt", "included"], fallback);
  return services === "exempt" ? "all-but-services" : "everyone";
}

/** The conditions of a statement of ours, with the exemption where the guarantee has one. */
export function conditionsFor(
  callers: Callers,
  conditions: NonNullable<OwnStatement["Condition"]>,
): NonNullable<OwnStatement["Condition"]> {
  return callers === "everyone" ? conditions : { ...conditions, ...exceptServices };
}
