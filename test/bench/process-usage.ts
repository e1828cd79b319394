import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all its children take, as Linux tells under /proc: of servers, too, which do not measure themselves. */
export interface ProcessUsage {
  /** User and system, children that ended included. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly openFiles: number;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The process whose command line has this in it, and whose parent's has not: a server that was started with it. */
export function findProcess(marker: string): number {
  const found = allProcesses().filter((pid) => commandLineOf(pid).includes(marker));
  const top = found.find((pid) => !found.includes(statOf(pid)?.parent ?? 0) && pid !== process.pid);
  if (top === undefined) throw new Error(`no process has "${marker}" in its command line`);
  return top;
}

export function usageOf(root: number): ProcessUsage {
  const stats = new Map(allProcesses().flatMap((pid) => {
    const stat = statOf(pid);
    return stat === null ? [] : [[pid, stat]];
  }));
  const tree = [root];
  for (const parent of tree) for (const [pid, stat] of stats) if (stat.parent === parent) tree.push(pid);
  return {
    cpuSeconds: sum(tree.map((pid) => stats.get(pid)?.ticks ?? 0)) / ticksPerSecond,
    residentBytes: sum(tree.map(residentBytesOf)),
    openFiles: sum(tree.map(openFilesOf)),
  };
}

/** Established connections from this machine to one of its ports, the callers' ends. */
export function connectionsTo(port: number): number {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => read(file).split('\n')).filter((line) => {
    const [, , remote = '', state] = line.trim().split(/\s+/);
    return remote.endsWith(`:${wanted}`) && state === '01';
  }).length;
}

function allProcesses(): number[] {
  return readdirSync('/proc').map(Number).filter((pid) => pid > 0);
}

function commandLineOf(pid: number): string {
  return read(`/proc/${String(pid)}/cmdline`).replaceAll('\0', ' ');
}

/** proc(5): what follows the name, which may itself hold spaces and brackets. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | null {
  const text = read(`/proc/${String(pid)}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  if (text === '') return null;
  return { parent: fields[1] ?? 0, ticks: sum(fields.slice(11, 15)) };
}

function residentBytesOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${String(pid)}/status`))?.[1] ?? 0) * 1024;
}

function openFilesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).length;
  } catch {
    return 0;
  }
}

/** Empty where the process ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
