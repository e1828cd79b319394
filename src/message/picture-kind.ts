import type { AttachmentKind } from './message.ts';
import type { ImageHeader } from './image-header.ts';

/** What is known of a picture when its kind is judged. */
export interface PictureEvidence {
  readonly header: ImageHeader;
  readonly bytes: number;
  readonly filename: string | null;
  /** Its EXIF data name a camera's maker or model. */
  readonly fromCamera: boolean;
  /** Its metadata say that it was taken of a screen. */
  readonly fromScreen: boolean;
  /** Shown within the text, as logos are. */
  readonly isInline: boolean;
}

const screenNames =
  /screen[\s_-]?(?:shot|cap|grab|clip)|scr(?:een)?[\s_-]?\d|(?:^|[^\p{L}])(?:scrn?shot|scrot|screen|snip(?:ping)?|prtsc|captura|captures?(?: d.écran)?|schermata|istantanea|bildschirmfoto|bildschirm\p{L}*|skärmavbild|zrzut|ekran\p{L}*|skrin|скрин\p{L}*|сним\p{L}+ экрана|снимак|здымак экрана|знімок екрана|скріншот\p{L}*|экран\p{L}*|print ?screen)(?=[^\p{L}]|$)|スクリーンショット|スクショ|画面|스크린샷|화면 ?캡처|캡처|لقطة|截屏|截图|屏幕/iu;
const cameraNames = /^(?:img|dsc[fn]?|dscn|dcim|pxl|mvimg|p\d{7}|imag|photo|foto|фото|cam|pic|kep|gopr|wp|burst|портрет)[\s_-]?\d{3,}|^(?:19|20)\d{6}[_-]\d{6}|^\d{8}[_-]\d{4,}/iu;
const decorNames = /logo|логотип|лого(?=[^\p{L}]|$)|banner|signature|подпись|icon|иконка|emoji|smil(?:e|ey)|pixel|spacer|facebook|twitter|linkedin|instagram|telegram[_-]?icon|outlook-\w{6,}|avatar/iu;

/** Sides of phones', tablets' and monitors' screens in pixels, shorter side first; a browser's or a messenger's copy of one often keeps them. */
const screenSides = new Set([
  '640x1136', '750x1334', '828x1792', '1080x1920', '1125x2436', '1170x2532', '1179x2556', '1206x2622', '1242x2208', '1242x2688', '1284x2778', '1290x2796', '1320x2868', '1260x2736',
  '720x1280', '720x1440', '720x1480', '720x1520', '720x1544', '720x1560', '720x1600', '720x1612', '720x1640', '720x1650', '1080x2160', '1080x2220', '1080x2240', '1080x2244', '1080x2246', '1080x2248', '1080x2270', '1080x2280', '1080x2310', '1080x2316', '1080x2340', '1080x2376', '1080x2388', '1080x2400', '1080x2408',
  '1080x2412', '1080x2436', '1080x2460', '1080x2520', '1116x2480', '1220x2712', '1240x2772', '1256x2760', '1264x2780', '1344x2992', '1440x2560', '1440x2960', '1440x3040', '1440x3088', '1440x3120', '1440x3200', '1008x2244', '1280x2856',
  '1536x2048', '1620x2160', '1640x2360', '1668x2224', '1668x2388', '1488x2266', '2048x2732', '1600x2560', '1200x1920', '800x1280', '1200x2000', '1752x2800', '1848x2960',
  '768x1024', '768x1366', '768x1360', '900x1440', '900x1600', '1050x1680', '864x1536', '800x1280', '1080x2560', '1440x3440', '1600x2560', '1664x2560', '1800x2880', '1864x2880', '1890x3024', '1964x3024', '2160x3840', '2234x3456', '1692x3008', '1504x2256', '1440x2160', '1920x2880', '1824x2736', '1600x3840',
  '1152x2048', '1440x5120', '2520x4480', '2880x5120', '720x1366', '600x1024', '1024x1280', '1200x1600', '960x1280',
]);
// Also common sizes of photos: no evidence in a JPEG.
const photoSidesToo = new Set(['1200x1600', '960x1280', '1536x2048', '768x1024', '1024x1280']);

const minScreenSide = 200;
const minInlineBytes = 2048;

/** Why a picture is no evidence of anything, for people; null where it may be some. */
export function whyOther(picture: PictureEvidence): string | null {
  const { header, filename } = picture;
  const name = filename ?? '';
  if (picture.fromCamera) return null;
  const isKnown = header.width > 0 && header.height > 0;
  const short = Math.min(header.width, header.height);
  const long = Math.max(header.width, header.height);
  const size = isKnown ? `${String(header.width)}×${String(header.height)}, ` : '';
  if (isKnown && (short < minScreenSide / 2 || long < minScreenSide || (short < minScreenSide && long / short < 1.2))) return `${size}too small to be a photo`;
  if (picture.isInline && (picture.bytes < minInlineBytes || (isKnown && short < minScreenSide && !screenNames.test(name)))) return `${size}shown within the text and small, as logos are`;
  if (decorNames.test(name) && (!isKnown || long < 800)) return `${size}has the name of a logo or an icon`;
  if (picture.fromScreen || screenNames.test(name)) return null;
  if (header.type === 'image/gif' && !(header.isAnimated && short >= minScreenSide) && long < 640) return `${size}a GIF too small to be of a screen`;
  return null;
}

/** Content first: camera data, format and size; the name where those do not tell. */
export function kindOfPicture(picture: PictureEvidence): AttachmentKind {
  const { header, filename } = picture;
  const name = filename ?? '';
  if (picture.fromCamera) return 'photo';
  if (whyOther(picture) !== null) return 'other';
  const short = Math.min(header.width, header.height);
  const long = Math.max(header.width, header.height);
  if (picture.fromScreen || screenNames.test(name)) return 'screenshot';
  const sides = `${short}x${long}`;
  switch (header.type) {
    case 'image/png':
    case 'image/bmp':
      return kindOfLossless(short, long, cameraNames.test(name), sides);
    case 'image/gif':
      // A recording of a screen is sometimes sent as a GIF; still ones are pictures of the web.
      return header.isAnimated && short >= minScreenSide ? 'recording' : 'screenshot';
    case 'image/jpeg':
    case 'image/webp':
    case 'image/avif':
      return kindOfLossy(short, long, cameraNames.test(name), sides);
    case 'image/heic':
    case 'image/tiff':
      return 'photo';
    default:
      return header.type satisfies never;
  }
}

/** Screens are saved without loss. So are drawings that customers upload to be worked on: those are square, or have the shape of a camera's picture. */
function kindOfLossless(short: number, long: number, hasCameraName: boolean, sides: string): AttachmentKind {
  if (screenSides.has(sides)) return 'screenshot';
  if (short === long) return 'photo';
  const ratio = long / short;
  const cameraShaped = Math.abs(ratio - 4 / 3) < 0.005 || Math.abs(ratio - 3 / 2) < 0.005;
  return cameraShaped && (hasCameraName || short >= 1500) ? 'photo' : 'screenshot';
}

/** Messengers turn screens into JPEGs of at most 1280 or 1600 pixels; what keeps the long shape of a phone's screen or the exact size of another is one. */
function kindOfLossy(short: number, long: number, hasCameraName: boolean, sides: string): AttachmentKind {
  if (short === 0) return 'photo';
  if (hasCameraName && long / short < 1.9) return 'photo';
  if (screenSides.has(sides) && !photoSidesToo.has(sides)) return 'screenshot';
  return long / short >= 1.9 && long / short <= 2.4 ? 'screenshot' : 'photo';
}
