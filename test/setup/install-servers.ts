import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What `npm test` does first: makes sure that the servers the tests start for themselves are installed. On Debian and its kin it installs
 * what is missing where it may (root, or sudo without a password), and keeps the packages from starting services; elsewhere one line
 * says what is missing.
 */
interface Server {
  readonly label: string;
  readonly debianPackage: string;
  readonly programs: readonly string[];
}

const servers: readonly Server[] = [
  { label: 'Dovecot (IMAP)', debianPackage: 'dovecot-imapd', programs: ['dovecot', 'doveadm'] },
  { label: 'Redis', debianPackage: 'redis-server', programs: ['redis-server'] },
  { label: 'PostgreSQL', debianPackage: 'postgresql', programs: ['postgres', 'initdb'] },
  { label: 'OpenSSL', debianPackage: 'openssl', programs: ['openssl'] },
  { label: 'Chromium', debianPackage: 'chromium', programs: ['chromium'] },
];

const policyFile = '/usr/sbin/policy-rc.d';

process.exitCode = installServers();

function installServers(): number {
  const missing = missingServers();
  if (missing.length === 0) return 0;
  const packages = missing.map((server) => server.debianPackage);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!found('apt-get')) return complain(missing, 'install them with your package manager');
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return complain(missing, `sudo ${command}`);

  console.log(`Installing for the tests: ${packages.join(', ')}`);
  const run = (program: string, ...args: string[]) =>
    spawnSync(root ? program : 'sudo', root ? args : ['-n', 'DEBIAN_FRONTEND=noninteractive', program, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // invoke-rc.d asks this file; 101 means "may not be started" (Debian Policy, 9.3.3). The tests start servers of their own.
  const ownPolicy = !existsSync(policyFile) && run('sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policyFile} && chmod 755 ${policyFile}`);
  run('apt-get', 'update', '-q');
  const installed = run('apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages);
  if (ownPolicy) run('rm', policyFile);
  const stillMissing = missingServers();
  return installed && stillMissing.length === 0 ? 0 : complain(stillMissing, command);
}

function complain(missing: readonly Server[], remedy: string): number {
  console.error(`The tests need ${missing.map((server) => server.label).join(', ')}: ${remedy}`);
  return 1;
}

function missingServers(): Server[] {
  return servers.filter((server) => !server.programs.every(found));
}

function found(program: string): boolean {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', ...versions];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
