import { test } from 'node:test';
import {
  code,
  flag,
  frame,
  get,
  number,
  post,
  request,
  setting,
  settings,
  type,
  whole,
} from './test-frames.ts';
import { answered, connectionError, judgeStreams, streamError } from './test-stream-cases.ts';
import type { StreamCases } from './test-stream-cases.ts';

/** What a client sends after its preface, and what may become of stream 1. */
const cases: StreamCases = {
  '§6.1, DATA': {
    'of the connection': [
      [frame(type.data, 0, 0, Buffer.alloc(1))],
      connectionError(code.protocol),
    ],
    'with padding longer than it': [
      [post(1), frame(type.data, flag.endStream | flag.padded, 1, Buffer.from([5, 0, 0]))],
      connectionError(code.protocol),
    ],
    'with padding': [
      [post(1), frame(type.data, flag.endStream | flag.padded, 1, Buffer.from([2, 65, 0, 0]))],
      answered,
    ],
  },
  '§6.2, HEADERS': {
    'with padding longer than it': [
      [
        frame(
          type.headers,
          whole | flag.padded,
          1,
          Buffer.concat([Buffer.from([255]), request().subarray(0, 20)]),
        ),
      ],
      connectionError(code.protocol),
    ],
  },
  '§6.4, RST_STREAM': {
    'of the connection': [
      [frame(type.rstStream, 0, 0, number(code.cancel))],
      connectionError(code.protocol),
    ],
  },
  '§6.5, SETTINGS': {
    'of a stream': [[frame(type.settings, 0, 1)], connectionError(code.protocol)],
    'ENABLE_PUSH of 2': [[settings([setting.enablePush, 2])], connectionError(code.protocol)],
    'a window of 2^31': [
      [settings([setting.initialWindowSize, 2 ** 31])],
      connectionError(code.flowControl),
    ],
    'a frame size below 2^14': [
      [settings([setting.maxFrameSize, 16_383])],
      connectionError(code.protocol),
    ],
    'a frame size of 2^24': [
      [settings([setting.maxFrameSize, 2 ** 24])],
      connectionError(code.protocol),
    ],
    'one that nobody knows': [[settings([0xff, 1]), get(1)], answered],
    'an acknowledgement nobody waits for': [
      [frame(type.settings, flag.ack, 0), frame(type.settings, flag.ack, 0), get(1)],
      [...answered, ...connectionError(code.protocol)],
    ],
  },
  '§6.6, PUSH_PROMISE': {
    'of a client': [
      [post(1), frame(type.pushPromise, flag.endHeaders, 1, Buffer.concat([number(2), request()]))],
      connectionError(code.protocol),
    ],
  },
  '§6.7, PING': {
    'of a stream': [[frame(type.ping, 0, 1, Buffer.alloc(8))], connectionError(code.protocol)],
  },
  '§6.8, GOAWAY': {
    'amid a request, which is answered': [
      [
        post(1),
        frame(type.goaway, 0, 0, Buffer.alloc(8)),
        frame(type.data, flag.endStream, 1, Buffer.from('Z')),
      ],
      answered,
    ],
    'of a stream': [[frame(type.goaway, 0, 1, Buffer.alloc(8))], connectionError(code.protocol)],
    'that is too short': [
      [frame(type.goaway, 0, 0, Buffer.alloc(7))],
      connectionError(code.frameSize),
    ],
  },
  '§6.9, WINDOW_UPDATE': {
    'by nothing, of the connection': [
      [frame(type.windowUpdate, 0, 0, number(0))],
      connectionError(code.protocol),
    ],
    'by nothing, of a stream': [
      [post(1), frame(type.windowUpdate, 0, 1, number(0))],
      streamError(code.protocol),
    ],
    'beyond 2^31 - 1, of the connection': [
      [frame(type.windowUpdate, 0, 0, number(2 ** 31 - 1))],
      connectionError(code.flowControl),
    ],
    'beyond 2^31 - 1, of a stream': [
      [post(1), frame(type.windowUpdate, 0, 1, number(2 ** 31 - 1))],
      streamError(code.flowControl),
    ],
    'beyond 2^31 - 1, by a setting': [
      [
        post(1),
        frame(type.windowUpdate, 0, 1, number(2 ** 31 - 1 - 65_535)),
        settings([setting.initialWindowSize, 65_536]),
      ],
      streamError(code.flowControl),
    ],
    'by more than was allowed, in DATA': [
      [post(1), ...Array<Buffer>(6).fill(frame(type.data, 0, 1, Buffer.alloc(16_384)))],
      [...answered, ...streamError(code.flowControl)],
    ],
  },
  '§6.10, CONTINUATION': {
    'of two frames': [
      [
        frame(type.headers, flag.endStream, 1, request().subarray(0, 10)),
        frame(type.continuation, 0, 1, request().subarray(10, 20)),
        frame(type.continuation, flag.endHeaders, 1, request().subarray(20)),
      ],
      answered,
    ],
    'of another stream': [
      [
        frame(type.headers, flag.endStream, 1, request()),
        frame(type.continuation, flag.endHeaders, 3),
      ],
      connectionError(code.protocol),
    ],
    'of the connection': [
      [
        frame(type.headers, flag.endStream, 1, request()),
        frame(type.continuation, flag.endHeaders, 0),
      ],
      connectionError(code.protocol),
    ],
    'after the end of the fields': [
      [post(1), frame(type.continuation, flag.endHeaders, 1)],
      connectionError(code.protocol),
    ],
  },
};

test('HTTP/2: each type of frame is read as RFC 9113 §6 says, and no target sees what breaks them', (t) =>
  judgeStreams(t, cases));
