import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { textOf } from '../../aws/test-edge.ts';
import { presign, type Presigning } from '../../aws/test-presign.ts';
import { IdentityRoom } from '../iam/test-room.ts';

const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };

void suite('GetCallerIdentity by a presigned URL', () => {
  async function ask(room: IdentityRoom, of: Presigning): Promise<[number, string]> {
    const answer = await room.pipeline.handle(await presign(of, room.admin, room.now()));
    return [answer.status, textOf(answer)];
  }

  void test('tells who has signed it, by GET and by POST', async () => {
    await using room = await IdentityRoom.open();
    for (const method of ['GET', 'POST'] as const) {
      const [status, text] = await ask(room, { query, method });
      assert.equal(status, 200);
      assert.match(text, new RegExp(`<Account>${room.account}</Account>`));
    }
    // What a URL bears, a form does not repeat.
    const [, text] = await ask(room, { query, method: 'POST', body: 'Action=GetSessionToken' });
    assert.match(text, /<Code>MalformedQueryString<\/Code>/);
  });

  void test('is refused in the form of its service once it has expired', async () => {
    await using room = await IdentityRoom.open();
    const request = await presign({ query }, room.admin, room.now());
    room.passed = Temporal.Duration.from({ minutes: 2 });
    const answer = await room.pipeline.handle(request);
    assert.equal(answer.status, 400);
    assert.match(textOf(answer), /<ErrorResponse xmlns="https:\/\/sts\.amazonaws\.com/);
    assert.match(textOf(answer), /<Code>RequestExpired<\/Code>/);
  });

  void test('reads its parameters from the URL', async () => {
    await using room = await IdentityRoom.open();
    const iam = { Action: 'GetUser', Version: '2010-05-08', UserName: 'nobody' };
    for (const method of ['GET', 'POST'] as const) {
      const [status, text] = await ask(room, { query: iam, method, service: 'iam' });
      assert.equal(status, 404);
      assert.match(text, /nobody/);
    }
  });
});
