/**
 * Prints the milliseconds that the process works for to import the module at the address in the first argument. Not by the
 * clock on the wall, which also counts what other processes do.
 */
const start = process.cpuUsage();
await import(process.argv[2] ?? "");
const { user, system } = process.cpuUsage(start);
process.stdout.write(String((user + system) / 1000));
// Clients may keep the process.
process.exit(0);
