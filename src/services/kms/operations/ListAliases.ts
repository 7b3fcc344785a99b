import { operation } from '../../../aws/operation.ts';
import { aliasArn } from '../domain/alias.ts';
import { locateKey } from '../key-id.ts';
import type { ListAliasesRequest, ListAliasesResponse } from '../model.ts';
import { pageOf, readMarker } from '../pagination.ts';
import type { KmsPorts } from '../ports.ts';

const pageByDefault = 50;
const maxPage = 100;

export const ListAliases = operation<ListAliasesRequest, ListAliasesResponse, KmsPorts>(
  'ListAliases',
  async (input, call, ports) => {
    await call.authorize('kms:ListAliases', '*');
    const { account, region } = call;
    const keyId =
      input.KeyId === undefined
        ? undefined
        : (await locateKey(call, ports, input.KeyId, { action: 'kms:ListAliases' })).key.keyId;
    const list = { call, name: 'ListAliases', parameters: keyId };
    const limit = Math.min(input.Limit ?? pageByDefault, maxPage);
    const rows = await ports.reader.aliases(
      { account, region, keyId },
      { after: readMarker(input.Marker, list), limit: limit + 1 },
    );
    const { items, ...page } = pageOf(rows, limit, ({ name }) => name, list);
    return {
      Aliases: items.map((alias) => ({
        AliasArn: aliasArn(alias),
        AliasName: alias.name,
        CreationDate: alias.createdAt,
        LastUpdatedDate: alias.updatedAt,
        TargetKeyId: alias.keyId,
      })),
      ...page,
    };
  },
);
