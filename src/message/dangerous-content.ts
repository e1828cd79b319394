/** Programs and scripts, by what the bytes are and by every extension of a name: "photo.exe.jpg" runs on no machine, but nobody sends it in good faith. */

const programs = new Set(
  (
    'exe scr pif cpl msi msp mst dll sys drv ocx bat cmd ps1 psm1 psd1 ps1xml vbs vbe vb js jse mjs ws wsf wsc wsh hta reg inf scf lnk chm gadget jar jnlp class apk aab xapk ipa ' +
    'sh bash zsh csh ksh run py pyc pyw pl rb php app command action workflow dmg pkg deb rpm appimage iso vhd vhdx xll docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm settingcontent-ms library-ms appx msix'
  ).split(' '),
);
// Also parts of ordinary names, such as a site's or a person's: dangerous only as the last extension.
const programsAtTheEnd = new Set(['com', 'img', 'application', 'ade', 'url', 'one', 'elf']);

export function hasDangerousName(filename: string): boolean {
  // Full-width letters, trailing dots and spaces are dropped by Windows when it opens the file.
  const extensions = filename.normalize('NFKC').toLowerCase().replace(/[\s.]+$/, '').split('.').slice(1).map((extension) => extension.trim());
  return extensions.some((extension) => programs.has(extension)) || programsAtTheEnd.has(extensions.at(-1) ?? '');
}

const latin1 = (head: Buffer, from: number, to: number): string => head.toString('latin1', from, to);

/** MZ, ELF, Mach-O, Java, shell, Windows shortcuts, installers and scripts of Office. */
export function hasDangerousContent(head: Buffer): boolean {
  if (head.length < 4) return false;
  const magic = latin1(head, 0, 8);
  if (magic.startsWith('MZ') && head.length > 64) return true;
  if (magic.startsWith('\x7fELF') || magic.startsWith('#!') || magic.startsWith('dex\n') || magic.startsWith('\xca\xfe\xba\xbe')) return true;
  if (/^(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/.test(magic)) return true;
  if (head.length > 20 && head.readUInt32LE(0) === 0x4c && latin1(head, 4, 8) === '\x01\x14\x02\x00') return true;
  const start = latin1(head, 0, 4096).replace(/^(?:\xef\xbb\xbf)?\s+/, '');
  if (/^(?:@echo off|powershell|windows registry editor|\[internetshortcut\])/i.test(start)) return true;
  if (isOle(head)) return head.includes(Buffer.from('_VBA_PROJECT', 'utf16le')) || head.includes('_VBA_PROJECT');
  // A page or picture that brings its own script.
  return /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!doctype[^>]{0,300}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:html|svg|head|body|script|hta:)/is.test(start) && /<script[\s>]|<hta:|\son(?:load|error)\s*=/i.test(latin1(head, 0, 262_144));
}

/** The container of old Office files and Windows installers. */
export function isOle(head: Buffer): boolean {
  return latin1(head, 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
}

const maxArchiveNames = 2000;

/** Names within a zip: of its directory, which lies at the end, and of the entries at the beginning. Names are readable even where the content is encrypted. */
export function zipNames(head: Buffer, tail: Buffer): string[] {
  const names: string[] = [];
  const collect = (bytes: Buffer, signature: string, lengthAt: number, nameAt: number): void => {
    let at = bytes.indexOf(signature, 0, 'latin1');
    while (at >= 0 && at + nameAt <= bytes.length && names.length < maxArchiveNames) {
      const length = bytes.readUInt16LE(at + lengthAt);
      names.push(bytes.toString('utf8', at + nameAt, Math.min(bytes.length, at + nameAt + Math.min(length, 1024))));
      at = bytes.indexOf(signature, at + 4, 'latin1');
    }
  };
  collect(tail, 'PK\x01\x02', 28, 46);
  collect(head, 'PK\x03\x04', 26, 30);
  return names;
}

/** What a zip's names say of it: an Android or Java program, Office macros, or a program among its files. */
export function hasDangerousZip(names: readonly string[]): boolean {
  return names.some((name) => /(?:^|\/)(?:AndroidManifest\.xml|classes\.dex|vbaProject\.bin)$|\.class$/i.test(name) || hasDangerousName(name.split(/[/\\]/).at(-1) ?? ''));
}

/** Names of programs in an archive whose directory is not read here (RAR keeps them readable). */
export function namesProgramInBytes(head: Buffer): boolean {
  return /[\w -]{3,40}\.(?:exe|scr|vbs|bat|cmd|ps1|jse|wsf|hta|lnk|msi)(?![\w.])/i.test(latin1(head, 0, 65_536));
}
