/** What an operator compares: keys with the values of which one has to fit. */
export type IamCondition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement of an identity policy, in the form in which IAM takes it. */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: IamCondition;
}

export interface IamPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly IamStatement[];
}

export function policyOf(statements: readonly IamStatement[]): IamPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * How many characters of a managed policy's 6,144 are used. IAM does not count white space, and there
 * is none in what is printed here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function sizeOf(policy: IamPolicy): number {
  return JSON.stringify(policy).length;
}

/** Room for the names that a template fills in: an ARN grows when its account is known. */
const mostCharacters = 5_500;

/** As few policies as will hold the statements in their order, each small enough for IAM. */
export function policiesOf(statements: readonly IamStatement[]): readonly IamPolicy[] {
  const policies: IamPolicy[] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    const longer = policyOf([...(last?.Statement ?? []), statement]);
    if (sizeOf(policyOf([statement])) > mostCharacters) {
      throw new Error(`the statement ${statement.Sid} is too large for a policy of IAM`);
    }
    if (last !== undefined && sizeOf(longer) <= mostCharacters) policies.pop();
    policies.push(sizeOf(longer) <= mostCharacters ? longer : policyOf([statement]));
  }
  return policies;
}
