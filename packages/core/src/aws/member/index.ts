export { type Hub, memberParameters } from "./parameters.ts";
export { memberRoles } from "./roles.ts";
export { type MemberTemplate, memberTemplate } from "./template.ts";
export type { MemberTerms } from "./terms.ts";
