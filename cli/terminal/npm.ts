const PAUSE = 200;

/**
 * Ends with npm: it hands a signal to the shell between it and us, which dies of it and says nothing, so the end of that
 * shell is our signal. Does nothing where npm did not start us (`scripts/start.mjs` does the same before there is a build).
 */
export function stopWithNpm(underNpm: boolean): void {
  if (!underNpm || process.platform === "win32") return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, PAUSE);
  watch.unref();
}
