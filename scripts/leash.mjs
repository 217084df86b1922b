/** Preloaded into every child of scripts/start.ts: when the parent is gone, even by kill -9, the child ends too and frees its port. */
process.on("disconnect", () => process.exit(1));
