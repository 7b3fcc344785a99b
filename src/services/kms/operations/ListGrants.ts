import { operation } from '../../../aws/operation.ts';
import { authorizeKey, isForAwsResource } from '../authorization.ts';
import type { Grant } from '../domain/grant.ts';
import { keyArn } from '../domain/key.ts';
import { ValidationException } from '../errors.ts';
import { locateKey } from '../key-id.ts';
import type { GrantListEntry, ListGrantsRequest, ListGrantsResponse } from '../model.ts';
import { pageOf, readMarker } from '../pagination.ts';
import type { KmsPorts } from '../ports.ts';

const pageByDefault = 50;
const maxPage = 100;

export const ListGrants = operation<ListGrantsRequest, ListGrantsResponse, KmsPorts>(
  'ListGrants',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:ListGrants',
      acrossAccounts: true,
    });
    await authorizeKey(call, ports, located, 'kms:ListGrants', {
      context: isForAwsResource(call),
    });
    if (input.GranteeServicePrincipal !== undefined) {
      throw new ValidationException(
        'GranteeServicePrincipal can only be specified by an AWS service principal.',
      );
    }
    const limit = Math.min(input.Limit ?? pageByDefault, maxPage);
    const { GrantId: grantId, GranteePrincipal: grantee } = input;
    const grantees = grantee === undefined ? undefined : await namesOf(grantee, ports);
    const list = { call, name: 'ListGrants', parameters: [keyArn(located.key), grantId, grantee] };
    const rows = await ports.reader.grants(
      located.key,
      { grantId, grantees },
      {
        after: readMarker(input.Marker, list),
        limit: limit + 1,
      },
    );
    const { items, ...page } = pageOf(rows, limit, ({ grantId }) => grantId, list);
    return { Grants: await Promise.all(items.map((each) => entryOf(each, ports))), ...page };
  },
);

/** What a grantee may be called in a grant: grants of before unique ids were kept have the ARN. */
async function namesOf(grantee: string, { principals }: KmsPorts): Promise<readonly string[]> {
  return [...new Set([grantee, (await principals.kept(grantee)) ?? grantee])];
}

async function entryOf(grant: Grant, { principals }: KmsPorts): Promise<GrantListEntry> {
  const { granteePrincipal: grantee, retiringPrincipal: retiring } = grant;
  return {
    KeyId: keyArn(grant),
    GrantId: grant.grantId,
    Name: grant.name,
    CreationDate: grant.createdAt,
    GranteePrincipal: await principals.shown(grantee),
    RetiringPrincipal: retiring && (await principals.shown(retiring)),
    IssuingAccount: `arn:aws:iam::${grant.issuingAccount}:root`,
    Operations: grant.operations,
    Constraints: grant.constraint && { [grant.constraint.type]: grant.constraint.context },
  };
}
