/** How the deployed function is asked to repair what one control found. Others name their own command instead. */
export function askFor(control: string): string {
  return `invoke with mode "apply" and controls ["${control}"]`;
}

/** How it is asked to carry out just the plan of this name. */
export function askToApprove(approval: string): string {
  return `invoke with mode "apply" and approval "${approval}"`;
}
