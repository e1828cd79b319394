/** A picture in shades of gray, a byte a pixel, row by row. */
export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A part of a picture, in its pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Cuts a part out and makes it larger or smaller: by the mean of the pixels beneath where it shrinks, in straight lines between them where it grows. */
export function cutAndScale(picture: GrayPicture, part: Rectangle, scale: number): GrayPicture {
  const width = Math.max(1, Math.round(part.width * scale));
  const height = Math.max(1, Math.round(part.height * scale));
  return { width, height, pixels: scale < 1 ? shrink(picture, part, width, height) : grow(picture, part, width, height) };
}

function shrink(picture: GrayPicture, part: Rectangle, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const fromY = part.top + Math.floor((y * part.height) / height);
    const toY = Math.max(fromY + 1, part.top + Math.floor(((y + 1) * part.height) / height));
    for (let x = 0; x < width; x++) {
      const fromX = part.left + Math.floor((x * part.width) / width);
      const toX = Math.max(fromX + 1, part.left + Math.floor(((x + 1) * part.width) / width));
      let sum = 0;
      for (let sourceY = fromY; sourceY < toY; sourceY++) {
        for (let at = sourceY * picture.width + fromX; at < sourceY * picture.width + toX; at++) sum += picture.pixels[at]!;
      }
      pixels[y * width + x] = Math.round(sum / ((toY - fromY) * (toX - fromX)));
    }
  }
  return pixels;
}

function grow(picture: GrayPicture, part: Rectangle, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  const lastX = part.width - 1;
  const lastY = part.height - 1;
  for (let y = 0; y < height; y++) {
    const sourceY = Math.min(lastY, Math.max(0, ((y + 0.5) * part.height) / height - 0.5));
    const y0 = Math.floor(sourceY);
    const shareY = sourceY - y0;
    const row = (part.top + y0) * picture.width + part.left;
    const below = (part.top + Math.min(lastY, y0 + 1)) * picture.width + part.left;
    for (let x = 0; x < width; x++) {
      const sourceX = Math.min(lastX, Math.max(0, ((x + 0.5) * part.width) / width - 0.5));
      const x0 = Math.floor(sourceX);
      const x1 = Math.min(lastX, x0 + 1);
      const shareX = sourceX - x0;
      const upper = picture.pixels[row + x0]! * (1 - shareX) + picture.pixels[row + x1]! * shareX;
      const lower = picture.pixels[below + x0]! * (1 - shareX) + picture.pixels[below + x1]! * shareX;
      pixels[y * width + x] = Math.round(upper * (1 - shareY) + lower * shareY);
    }
  }
  return pixels;
}

/** As a portable graymap, the plainest of formats. */
export function toGraymap({ width, height, pixels }: GrayPicture): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${String(width)} ${String(height)}\n255\n`, 'latin1'), pixels]);
}
