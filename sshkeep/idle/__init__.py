"""When an idle session's probes go out, what it survives, and who notices when it does not."""
