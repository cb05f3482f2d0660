import v8 from "node:v8";

// The engine runs one process for each provider resource: a young generation that does not grow keeps each of them small.
v8.setFlagsFromString("--semi-space-growth-factor=1");
