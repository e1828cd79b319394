/** A WebM video (webmproject.org, "WebM Container Guidelines") of pictures that a browser made: each frame is a lossy WebP, whose bits are those of a VP8 key frame. */

/** One frame a second, with an index at the end by which a player finds each. */
export function webmOf(pictures: readonly Buffer[], width: number, height: number): Buffer {
  const head = [
    element(ids.info, element(ids.timestampScale, number(1_000_000)), element(ids.duration, float(pictures.length * 1_000)), element(ids.muxingApp, Buffer.from('test')), element(ids.writingApp, Buffer.from('test'))),
    element(ids.tracks, element(ids.trackEntry, element(ids.trackNumber, number(1)), element(ids.trackUid, number(1)), element(ids.trackType, number(1)), element(ids.codecId, Buffer.from('V_VP8')),
      element(ids.video, element(ids.pixelWidth, number(width)), element(ids.pixelHeight, number(height))))),
  ];
  const clusters = pictures.map((picture, second) => element(ids.cluster, element(ids.timestamp, number(second * 1_000)), element(ids.simpleBlock, Buffer.from([0x81, 0, 0, 0x80]), keyFrameIn(picture))));
  // How long it is does not depend on what stands in it: numbers have eight bytes.
  const seekHead = (places: readonly number[]): Buffer => element(ids.seekHead, ...[ids.info, ids.tracks, ids.cues].map((id, at) => element(ids.seek, element(ids.seekId, bytesOf(id)), element(ids.seekPosition, number(places[at] ?? 0)))));
  const afterSeekHead = seekHead([]).length;
  let place = afterSeekHead + Buffer.concat(head).length;
  const cuePoints = clusters.map((cluster, second) => {
    const point = element(ids.cuePoint, element(ids.cueTime, number(second * 1_000)), element(ids.cueTrackPositions, element(ids.cueTrack, number(1)), element(ids.cueClusterPosition, number(place))));
    place += cluster.length;
    return point;
  });
  const places = [afterSeekHead, afterSeekHead + (head[0]?.length ?? 0), place];
  return Buffer.concat([
    element(ids.ebml, element(ids.docType, Buffer.from('webm')), element(ids.docTypeVersion, number(2)), element(ids.docTypeReadVersion, number(2))),
    element(ids.segment, seekHead(places), ...head, ...clusters, element(ids.cues, ...cuePoints)),
  ]);
}

// RFC 9559, 5.
const ids = {
  ebml: 0x1a45dfa3, docType: 0x4282, docTypeVersion: 0x4287, docTypeReadVersion: 0x4285, segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab, seekPosition: 0x53ac,
  info: 0x1549a966, timestampScale: 0x2ad7b1, duration: 0x4489, muxingApp: 0x4d80, writingApp: 0x5741, tracks: 0x1654ae6b, trackEntry: 0xae, trackNumber: 0xd7, trackUid: 0x73c5, trackType: 0x83,
  codecId: 0x86, video: 0xe0, pixelWidth: 0xb0, pixelHeight: 0xba, cluster: 0x1f43b675, timestamp: 0xe7, simpleBlock: 0xa3, cues: 0x1c53bb6b, cuePoint: 0xbb, cueTime: 0xb3, cueTrackPositions: 0xb7,
  cueTrack: 0xf7, cueClusterPosition: 0xf1,
} as const;

/** An id, its length in eight bytes (RFC 8794, 4), and what is in it. */
function element(id: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE((1n << 56n) | BigInt(body.length));
  return Buffer.concat([bytesOf(id), length, body]);
}

function bytesOf(id: number): Buffer {
  return Buffer.from(id.toString(16), 'hex');
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** RFC 9649, 2.5: the chunk `VP8 ` of the file. */
function keyFrameIn(webp: Buffer): Buffer {
  for (let at = 12; at + 8 <= webp.length;) {
    const bytes = webp.readUInt32LE(at + 4);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') return webp.subarray(at + 8, at + 8 + bytes);
    at += 8 + bytes + (bytes % 2);
  }
  throw new Error('the picture is no lossy WebP');
}
