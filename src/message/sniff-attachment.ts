import * as exifr from 'exifr';
import { fileTypeFromBuffer } from 'file-type';
import { hasDangerousContent, hasDangerousName, hasDangerousZip, isOle, namesProgramInBytes, zipNames } from './dangerous-content.ts';
import { readImageHeader, type ImageHeader } from './image-header.ts';
import { kindOfPicture, whyOther, type PictureEvidence } from './picture-kind.ts';
import type { Attachment, AttachmentFlag, AttachmentKind } from './message.ts';

/** What is handed in of an attachment: never the whole of a large one. */
export interface AttachmentBytes {
  readonly filename: string | null;
  readonly declaredType: string;
  /** The first decoded bytes. */
  readonly head: Buffer;
  /** The last decoded bytes of an archive, where its directory is; else empty. */
  readonly tail: Buffer;
  /** Decoded size of the whole. */
  readonly bytes: number;
  readonly isInline: boolean;
}

/** Reads what an attachment is from its content; the name and the declared type only count where the bytes do not tell. */
export async function sniffAttachment(file: AttachmentBytes): Promise<Attachment> {
  const image = readImageHeader(file.head);
  const found = image?.type ?? (await typeByContent(file.head));
  const type = refine(found, file);
  const flags: AttachmentFlag[] = [];
  if (isMismatch(found, file)) flags.push('type_mismatch');
  if (isDangerous(found, file)) flags.push('dangerous');
  const about = { filename: file.filename, type, bytes: file.bytes };
  if (image === null) return { ...about, kind: kindOfType(type, file), flags };
  const picture = await evidenceOf(image, file);
  const why = whyOther(picture);
  return { ...about, kind: kindOfPicture(picture), flags, ...(why === null ? {} : { whyOther: why }) };
}

async function typeByContent(head: Buffer): Promise<string | null> {
  if (head.length < 4) return null;
  // Anything can lie in an attachment: whatever trips the detection only means that the bytes do not tell.
  const result = await fileTypeFromBuffer(head).catch(() => undefined);
  return result?.mime ?? null;
}

/** Containers that say less than the declared type: XML, zip, OLE, plain text. */
function refine(found: string | null, file: AttachmentBytes): string {
  const declared = file.declaredType;
  const isGeneric = declared === 'application/octet-stream' || declared === 'application/binary' || !declared.includes('/');
  if (found === null) return isGeneric ? typeOfExtension(file.filename) ?? 'application/octet-stream' : declared;
  if ((found === 'application/zip' || found === 'application/x-cfb' || found === 'application/xml') && classOf(declared) === 'document') return declared;
  return found;
}

const extensionTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', txt: 'text/plain', log: 'text/plain', csv: 'text/csv', html: 'text/html', htm: 'text/html', eml: 'message/rfc822', rtf: 'application/rtf', json: 'application/json',
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ics: 'text/calendar', vcf: 'text/vcard', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', heic: 'image/heic', mp4: 'video/mp4', mov: 'video/quicktime',
  webm: 'video/webm', avi: 'video/x-msvideo', mkv: 'video/x-matroska', zip: 'application/zip', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text', p7s: 'application/pkcs7-signature', asc: 'application/pgp-signature', mp3: 'audio/mpeg', svg: 'image/svg+xml',
};

function typeOfExtension(filename: string | null): string | null {
  return extensionTypes[/\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** Classes within which a difference says nothing: a film without pictures is sound, a document is often a zip. */
const media: ReadonlySet<TypeClass> = new Set(['video', 'audio']);
const containers: ReadonlySet<TypeClass> = new Set(['document', 'archive', 'signature']);

type TypeClass = 'image' | 'video' | 'audio' | 'document' | 'archive' | 'program' | 'signature' | 'unknown';

function classOf(type: string): TypeClass {
  if (type.startsWith('image/svg')) return 'document';
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/') || type === 'application/mp4' || type === 'application/vnd.rn-realmedia') return 'video';
  if (type.startsWith('audio/')) return 'audio';
  if (/pgp-|pkcs7-|x-pkcs|pgp-keys|ms-tnef|calendar|vcard|directory$|^font\/|x-font/.test(type)) return 'signature';
  if (/pdf|msword|ms-excel|ms-powerpoint|officedocument|opendocument|rtf|x-cfb|^text\/|json|xml|epub|message\/(?:rfc822|global)$|pages|numbers|keynote|postscript/.test(type)) return 'document';
  if (/zip|x-rar|x-7z|x-tar|gzip|bzip|compress|x-xz|zstd|x-lzip/.test(type)) return 'archive';
  if (/msdownload|x-msdos|x-elf|mach-binary|java-archive|android\.package|x-dosexec|x-sh$|javascript|x-ms-shortcut|x-ms-installer|x-msi|x-apple-diskimage|x-iso|iso9660/.test(type)) return 'program';
  return 'unknown';
}

/** A picture that is a program, a PDF that is a picture: not the difference of one picture format from another. */
function isMismatch(found: string | null, file: AttachmentBytes): boolean {
  if (found === null) {
    // A picture or a video always shows its magic; only an empty or cut one does not.
    const claimed = classOf(file.declaredType);
    return file.head.length >= 32 && (claimed === 'image' || claimed === 'video') && !/svg|icon|wmf|emf|pict|x-/.test(file.declaredType);
  }
  const content = classOf(found);
  const declared = classOf(file.declaredType);
  const named = classOf(typeOfExtension(file.filename) ?? '');
  const claimed = declared === 'unknown' ? named : declared;
  if (content === 'unknown' || claimed === 'unknown' || claimed === 'program') return false;
  if (content === claimed) return false;
  return !(media.has(content) && media.has(claimed)) && !(containers.has(content) && containers.has(claimed));
}

function isDangerous(found: string | null, file: AttachmentBytes): boolean {
  if (file.filename !== null && hasDangerousName(file.filename)) return true;
  if (hasDangerousContent(file.head)) return true;
  if (file.head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return hasDangerousZip(zipNames(file.head, file.tail));
  return found !== null && (classOf(found) === 'program' || (/x-rar|x-7z/.test(found) && namesProgramInBytes(file.head)) || (isOle(file.head) && /\.msi$/i.test(file.filename ?? '')));
}

function kindOfType(type: string, file: AttachmentBytes): AttachmentKind {
  const kind = classOf(type);
  switch (kind) {
    case 'video':
      return 'recording';
    case 'document':
      return type === 'image/svg+xml' || type === 'text/calendar' ? 'other' : 'document';
    case 'image':
      // Declared as one but unreadable: no evidence of anything.
      return 'other';
    case 'archive':
    case 'audio':
    case 'program':
    case 'signature':
      return 'other';
    case 'unknown':
      return classOf(typeOfExtension(file.filename) ?? '') === 'document' ? 'document' : 'other';
    default:
      return kind satisfies never;
  }
}

async function evidenceOf(header: ImageHeader, file: AttachmentBytes): Promise<PictureEvidence> {
  const metadata = file.head.toString('latin1', 0, 16_384);
  const fromScreen = /Screenshot|screen-?capture|gnome-screenshot|Snipping|Spectacle/.test(metadata);
  const fromCamera = header.hasExif && (await namesCamera(file.head));
  return { header, bytes: file.bytes, filename: file.filename, fromCamera: fromCamera && !fromScreen, fromScreen, isInline: file.isInline };
}

async function namesCamera(head: Buffer): Promise<boolean> {
  try {
    const exif: unknown = await exifr.parse(head, { pick: ['Make', 'Model', 'LensModel', 'FNumber', 'ExposureTime'], translateValues: false });
    if (typeof exif !== 'object' || exif === null) return false;
    return ['Make', 'Model', 'LensModel', 'FNumber', 'ExposureTime'].some((key) => key in exif);
  } catch {
    // Cut or broken metadata name no camera.
    return false;
  }
}
