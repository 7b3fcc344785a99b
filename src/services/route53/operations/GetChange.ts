import { operation } from '../../../aws/operation.ts';
import { NoSuchChange } from '../errors.ts';
import { bareId, changeArn } from '../ids.ts';
import type { GetChangeRequest, GetChangeResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { changeInfo } from '../shapes.ts';

export const GetChange = operation<GetChangeRequest, GetChangeResponse, Route53Ports>(
  'GetChange',
  async (input, call, { reader }) => {
    const id = bareId('change', input.Id);
    await call.authorize('route53:GetChange', changeArn(id));
    const change = await reader.change(call.account, id);
    if (change === undefined) throw new NoSuchChange(id.slice(0, 32));
    const submittedAt = Temporal.Instant.fromEpochMilliseconds(Number(change.submitted_at));
    return { ChangeInfo: changeInfo(id, 'INSYNC', submittedAt, change.comment ?? undefined) };
  },
);
