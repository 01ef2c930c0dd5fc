import { spawn } from 'node:child_process';

/** Opens the address in the person's browser, where that is possible; whoever calls prints it as well. */
export function openBrowser(url: string, platform = process.platform): void {
  const [command, args] = commandFor(platform, url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // No browser here: the address is printed.
  child.on('error', () => {});
  child.unref();
}

function commandFor(platform: NodeJS.Platform, url: string): readonly [command: string, args: readonly string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
