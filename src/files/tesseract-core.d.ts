/** The part of tesseract.js-core that is used: Tesseract 5 and Leptonica, compiled to WebAssembly. Without types of its own. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  interface Pix {
    get_w(): number;
    get_h(): number;
    get_d(): number;
    /** 32-bit words a row. */
    get_wpl(): number;
    /** An address in the module's memory. */
    get_data(): number;
    get_colormap(): { get_array(): number; get_n(): number };
  }
  interface TessBaseAPI {
    Init(dataPath: null, languages: string, engineMode: number): number;
    SetVariable(name: string, value: string): boolean;
    /** Decodes `/input` of the module's file system. 0 where that worked. */
    SetImageFile(exifOrientation: number, angle: number): number;
    GetInputImage(): Pix;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    Clear(): void;
  }
  export interface TesseractModule {
    readonly FS: { writeFile(path: string, content: Uint8Array): void };
    readonly TessBaseAPI: new () => TessBaseAPI;
    getValue(address: number, type: 'i8' | 'i32'): number;
    /** The address behind a wrapper object; 0 for null. */
    getPointer(wrapper: object): number;
  }
  export default function loadCore(options: {
    print: (line: string) => void;
    printErr: (line: string) => void;
    TesseractProgress: (percent: number) => void;
  }): Promise<TesseractModule>;
}
