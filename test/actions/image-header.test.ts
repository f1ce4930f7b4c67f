import { describe, expect, test } from 'vitest';
import { readImageHeader } from '../../functions/actions/image-header.ts';
import { aLosslessFrame, aLossyFrame, aPng, aWebp } from '../support/an-image.ts';

const still = { isAnimated: false, isWhole: true };
const canvas = Buffer.alloc(10);
const alpha = Buffer.from('an odd one');

describe('the header of an image', () => {
  test.each([
    ['a PNG', aPng({ width: 300, height: 100 }), 'image/png'],
    ['a lossy WebP', aWebp({ 'VP8 ': aLossyFrame(300, 100) }), 'image/webp'],
    ['a lossless WebP', aWebp({ VP8L: aLosslessFrame(300, 100) }), 'image/webp'],
    [
      'a WebP with transparency',
      aWebp({ VP8X: canvas, ALPH: alpha.subarray(1), 'VP8 ': aLossyFrame(300, 100) }),
      'image/webp',
    ],
  ])('tells the type and size of %s', (_, bytes, type) => {
    expect(readImageHeader(bytes)).toEqual({ type, width: 300, height: 100, ...still });
  });

  test.each([
    ['lossy', 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'],
    ['lossless', 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='],
  ])('is read of what others have written: %s', (_, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    expect(readImageHeader(bytes)).toEqual({ type: 'image/webp', width: 1, height: 1, ...still });
  });

  test('tells the greatest sizes that there are', () => {
    expect(readImageHeader(aWebp({ VP8L: aLosslessFrame(16_384, 16_384) }))).toMatchObject({
      width: 16_384,
      height: 16_384,
    });
    const png = aPng();
    png.writeUInt32BE(0xffffffff, 16);
    expect(readImageHeader(png)).toMatchObject({ width: 0xffffffff });
  });

  test('tells what moves', () => {
    const animations = [
      aPng({ chunks: { acTL: Buffer.alloc(8) } }),
      aWebp({ VP8X: canvas, ANIM: Buffer.alloc(6), ANMF: Buffer.alloc(24) }),
    ];
    expect(animations.map((bytes) => readImageHeader(bytes)?.isAnimated)).toEqual([true, true]);
  });

  test.each([
    ['PNG', aPng()],
    ['lossy WebP', aWebp({ 'VP8 ': aLossyFrame(300, 100) })],
    ['lossless WebP', aWebp({ VP8L: aLosslessFrame(300, 100) })],
  ])('is never said to be whole of a part of a %s, wherever that ends', (_, bytes) => {
    for (let end = 0; end < bytes.length; end++)
      expect([end, readImageHeader(bytes.subarray(0, end))?.isWhole ?? false]).toEqual([end, false]);
  });

  test.each([
    '',
    'GIF89a',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\x89PNG\r\n\x1a\n',
    'RIFF....WEBPVP8 ',
  ])('is not there in other files: %j', (text) => {
    expect(readImageHeader(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});
