import { operation } from '../../../aws/operation.ts';
import { keyArn } from '../domain/key.ts';
import type { ListKeysRequest, ListKeysResponse } from '../model.ts';
import { pageOf, readMarker } from '../pagination.ts';
import type { KmsPorts } from '../ports.ts';

const pageByDefault = 100;

export const ListKeys = operation<ListKeysRequest, ListKeysResponse, KmsPorts>(
  'ListKeys',
  async (input, call, { reader }) => {
    await call.authorize('kms:ListKeys', '*');
    const { account, region } = call;
    const list = { call, name: 'ListKeys' };
    const limit = input.Limit ?? pageByDefault;
    const rows = await reader.keyIds(call, {
      after: readMarker(input.Marker, list),
      limit: limit + 1,
    });
    const { items, ...page } = pageOf(rows, limit, (keyId) => keyId, list);
    return {
      Keys: items.map((keyId) => ({ KeyId: keyId, KeyArn: keyArn({ account, region, keyId }) })),
      ...page,
    };
  },
);
