/** What principals are called where they are kept: in policies of resources, trust policies and grants. */
export interface PrincipalNames {
  /**
   * What stands for a principal: the unique id of a user or role (with the name of the session), so that it does not come
   * to mean another one who gets the name later. Everything else stands for itself.
   * @param name what stands under `AWS`: an ARN, an account, a unique id, or `*`
   * @returns undefined when there is no such user, role or account
   */
  kept(name: string): Promise<string | undefined>;
  /** The ARN of whom an id stands for; of one who is not there any more, the bare id. */
  shown(kept: string): Promise<string>;
}

/**
 * Changes the `AWS` principals of a policy that is known to be well formed; its text stays when none changes.
 * @see AWS IAM User Guide, "AWS JSON policy elements: Principal"
 */
export async function mapPrincipals(
  document: string,
  map: (name: string) => Promise<string>,
): Promise<string> {
  const policy = JSON.parse(document) as { Statement: unknown };
  let isChanged = false;
  const mapped = async (name: unknown): Promise<unknown> => {
    if (typeof name !== 'string') return name;
    const other = await map(name);
    isChanged ||= other !== name;
    return other;
  };
  for (const statement of [policy.Statement].flat() as Record<string, unknown>[])
    for (const element of [statement['Principal'], statement['NotPrincipal']]) {
      if (typeof element !== 'object' || element === null || !('AWS' in element)) continue;
      element.AWS = Array.isArray(element.AWS)
        ? await Promise.all(element.AWS.map(mapped))
        : await mapped(element.AWS);
    }
  return isChanged ? JSON.stringify(policy) : document;
}
