/** Windows code pages by number, where the number is not already part of the charset's name. */
const codePages: Readonly<Record<number, string>> = {
  932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 20866: 'koi8-r', 21866: 'koi8-u', 28605: 'iso-8859-15', 50220: 'iso-2022-jp', 51932: 'euc-jp', 51949: 'euc-kr', 54936: 'gb18030', 65001: 'utf-8',
};

/** The charset that Outlook means by the number of a code page; Western where the number says nothing. */
export function charsetOfCodePage(codePage: number): string {
  const named = codePages[codePage];
  if (named !== undefined) return named;
  if (codePage >= 28591 && codePage <= 28605) return `iso-8859-${String(codePage - 28590)}`;
  return codePage >= 874 && codePage <= 1258 ? `windows-${String(codePage)}` : 'windows-1252';
}
