import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import type { UpdateHostedZoneCommentRequest, UpdateHostedZoneCommentResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { zoneShape } from '../shapes.ts';

/** Without a comment the zone has none from then on. */
export const UpdateHostedZoneComment = operation<
  UpdateHostedZoneCommentRequest,
  UpdateHostedZoneCommentResponse,
  Route53Ports
>('UpdateHostedZoneComment', async (input, call, { reader, writer }) => {
  const zone = await authorizedZone(call, reader, 'route53:UpdateHostedZoneComment', input.Id);
  const comment = input.Comment === '' ? undefined : input.Comment;
  writer.setComment(call.change, zone, comment);
  return { HostedZone: zoneShape({ ...zone, comment }) };
});
